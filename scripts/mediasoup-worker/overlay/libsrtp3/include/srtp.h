// The worker is written for libsrtp 3; Debian 12 has libsrtp 2.5. These inline wrappers give it the
// calls of version 3 that it makes. No cryptography happens here: each packet is protected and
// unprotected by the system's library.
#pragma once
#define srtp_policy_t srtp2_policy_t // A struct in version 2, an opaque pointer in 3.
#include <srtp2/srtp.h>
#undef srtp_policy_t
#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>

// Version 2 never returns these two; the worker only has a text for each.
constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr srtp_err_status_t srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

struct srtp3_policy
{
	srtp2_policy_t policy;
	unsigned char key[SRTP_MAX_KEY_LEN];
};
typedef srtp3_policy* srtp_policy_t;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* out)
{
	*out = new srtp3_policy();
	return srtp_err_status_ok;
}

inline void srtp_policy_destroy(srtp_policy_t p)
{
	volatile unsigned char* key = p->key; // Without volatile the compiler may drop the wipe.
	for (size_t i = 0; i < sizeof(p->key); ++i)
	{
		key[i] = 0;
	}
	delete p;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t p, srtp_ssrc_t ssrc)
{
	p->policy.ssrc = ssrc;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t p, srtp_profile_t profile)
{
	const srtp_err_status_t err = srtp_crypto_policy_set_from_profile_for_rtp(&p->policy.rtp, profile);
	return err != srtp_err_status_ok
	         ? err
	         : srtp_crypto_policy_set_from_profile_for_rtcp(&p->policy.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t p, const uint8_t* key, size_t keyLen, const uint8_t* salt, size_t saltLen, const uint8_t* /*mki*/, size_t /*mkiLen*/)
{
	if (keyLen + saltLen > sizeof(p->key))
	{
		return srtp_err_status_bad_param;
	}
	std::memcpy(p->key, key, keyLen);
	std::memcpy(p->key + keyLen, salt, saltLen);
	p->policy.key = p->key;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t p, bool allow)
{
	p->policy.allow_repeat_tx = allow ? 1 : 0;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t p, size_t size)
{
	p->policy.window_size = static_cast<unsigned long>(size);
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t p)
{
	return ::srtp_create(session, &p->policy);
}

// Both versions take the SSRC in network byte order.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

// Version 3 reads one buffer and writes another; version 2 has only one, so the input is moved over.
template<class Transform>
inline srtp_err_status_t srtp3_in_place(
  Transform transform, srtp_t session, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t growth)
{
	if (inLen > INT_MAX - growth)
	{
		return srtp_err_status_bad_param;
	}
	if (inLen + growth > *outLen)
	{
		return srtp_err_status_buffer_small;
	}
	if (in != out)
	{
		std::memmove(out, in, inLen);
	}
	int len                     = static_cast<int>(inLen);
	const srtp_err_status_t err = transform(session, out, &len);
	*outLen                     = static_cast<size_t>(len);
	return err;
}

inline srtp_err_status_t srtp_protect(srtp_t s, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t /*mki*/)
{
	return srtp3_in_place(
	  [](srtp_t c, void* d, int* l) { return ::srtp_protect(c, d, l); }, s, in, inLen, out, outLen, SRTP_MAX_TRAILER_LEN);
}

inline srtp_err_status_t srtp_protect_rtcp(srtp_t s, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t /*mki*/)
{
	return srtp3_in_place(
	  [](srtp_t c, void* d, int* l) { return ::srtp_protect_rtcp(c, d, l); }, s, in, inLen, out, outLen, SRTP_MAX_TRAILER_LEN + 4);
}

inline srtp_err_status_t srtp_unprotect(srtp_t s, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen)
{
	return srtp3_in_place(
	  [](srtp_t c, void* d, int* l) { return ::srtp_unprotect(c, d, l); }, s, in, inLen, out, outLen, 0);
}

inline srtp_err_status_t srtp_unprotect_rtcp(srtp_t s, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen)
{
	return srtp3_in_place(
	  [](srtp_t c, void* d, int* l) { return ::srtp_unprotect_rtcp(c, d, l); }, s, in, inLen, out, outLen, 0);
}
