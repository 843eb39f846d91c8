/** For what must be looked at in every kind of colours. */
export const allThemes = ['light', 'dark', 'contrast-light', 'contrast-dark'];
