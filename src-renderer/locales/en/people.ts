export default {
  operator: 'operator',
  reviewer: 'physician',
  reader: 'study reader',
  coordinator: 'study coordinator',
  administrator: 'administrator',
  changePassword: 'Change password',
  presentPassword: 'Present password',
  signOut: 'Sign out',
}
