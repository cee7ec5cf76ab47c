/** A link in running text or a table, in the theme's own colour in both schemes and of the size around it. */
import { Anchor, type AnchorProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

const Inherited = (props: AnchorProps & ComponentProps<'a'>) => <Anchor inherit {...props} />

export const TextLink = createLink(Inherited)
