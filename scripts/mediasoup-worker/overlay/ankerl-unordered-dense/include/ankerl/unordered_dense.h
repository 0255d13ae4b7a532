// Debian 12 has no package of ankerl::unordered_dense. The worker needs its map, set and hash, whose
// interface is the standard containers', so those take their place (a little slower, equally right).
#pragma once
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	template<class K>
	struct hash
	{
		uint64_t operator()(const K& key) const noexcept
		{
			return std::hash<K>{}(key);
		}
	};

	template<class K, class V, class H = std::hash<K>, class E = std::equal_to<K>>
	using map = std::unordered_map<K, V, H, E>;

	template<class K, class H = std::hash<K>, class E = std::equal_to<K>>
	using set = std::unordered_set<K, H, E>;
} // namespace ankerl::unordered_dense
