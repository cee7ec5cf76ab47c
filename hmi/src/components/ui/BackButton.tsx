/** The way back from one thing to the list that it stands in. */
import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

const Anchored = (props: ButtonProps & Omit<ComponentProps<'a'>, keyof ButtonProps>) => (
  <Button component="a" h={44} variant="subtle" {...props} />
)

export const BackButton = createLink(Anchored)
