import { mayUseCamera } from '@visavis/contract/camera-pages'
import { Page, Progress } from '@visavis/ui'
import { useEffect } from 'react'
import { Outlet } from 'react-router'

/** A browser settles what a page may use when it loads it, whatever its address becomes later. */
const MAY_USE_CAMERA = mayUseCamera(window.location.pathname)

/** Pages of the call. Whoever comes to one from elsewhere has it loaded anew, and with it the camera. */
export function CameraPages() {
  useEffect(() => {
    if (!MAY_USE_CAMERA) window.location.reload()
  }, [])
  if (MAY_USE_CAMERA) return <Outlet />
  return (
    <Page>
      <Progress />
    </Page>
  )
}
