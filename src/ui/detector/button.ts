/** Id of the button in the header that the focus goes back to when the dialog closes. */
export const DETECTOR_BUTTON = 'detector-button';
