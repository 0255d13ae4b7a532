import { useEffect, useRef } from 'react'
import { BRAND } from './SiteHeader.tsx'

/** The first page of a visit to the site keeps the browser's own focus, so that the skip link comes first. */
let isFirstHeading = true

/**
 * The page's one h1. It names the document and takes the focus when the page appears, so that a screen
 * reader says where one is. Give it a `key` where one component shows several pages.
 */
export function PageHeading({
  children,
  isHidden = false,
}: {
  children: string
  isHidden?: boolean
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!isFirstHeading) heading.current?.focus({ preventScroll: false })
    isFirstHeading = false
  }, [])
  return (
    <>
      <title>{`${children} · ${BRAND}`}</title>
      <h1 ref={heading} tabIndex={-1} className={isHidden ? 'govuk-visually-hidden' : undefined}>
        {children}
      </h1>
    </>
  )
}
