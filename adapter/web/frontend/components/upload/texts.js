// The texts of files that are given, of cameras and recorders.

export const texts = {
  noFile: "No file",
  giveFiles: "Click to upload or drop files",
  aFolder: "a whole folder",
  uploading: (name) => `Uploading ${name}`,
  uploaded: (names) => `Uploaded: ${names}`,
  notUploaded: (name, reason) => `“${name}” was not uploaded: ${reason}`,
  tooLarge: (name, size, largest) => `“${name}” has ${size}; the app takes at most ${largest} a file.`,
  storeUnreachable: "the store of large files cannot be reached; try again.",
  storeRefused: (code) => `the store of large files refused it (${code}); try again.`,
  wrongKind: (name, kinds) => `“${name}” is not of the kinds that are taken here: ${kinds}`,
  earlier: (name) => `Move ${name} up`,
  later: (name) => `Move ${name} down`,
  attach: "Attach files",
  attached: "Attached files",
  camera: {
    open: "Camera",
    take: "Take a picture",
    failed: (reason) => `The camera cannot be used: ${reason}`,
    insecure: "a browser gives it only to pages that come by https.",
  },
  record: {
    start: "Record",
    preview: "What the camera sees",
    running: "Recording",
    paused: "Paused",
    pause: "Pause",
    resume: "Go on",
    failed: (reason) => `The microphone cannot be used: ${reason}`,
  },
};
