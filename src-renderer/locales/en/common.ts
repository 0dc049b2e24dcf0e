export default {
  cancel: 'Cancel',
  save: 'Save',
}
