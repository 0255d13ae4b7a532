/** Import once per client: the font, the tokens and the look of every wrapper. */
import '@fontsource-variable/inter/wght.css'
import './styles/index.scss'
