/** The way back from one thing to the list that it stands in. */
import { Button } from '@mantine/core'
import { createLink } from '@tanstack/react-router'

export const BackButton = createLink(Button<'a'>)
