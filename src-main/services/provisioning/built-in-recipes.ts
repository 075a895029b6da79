/** What comes after the boot device: the machine installs, switches itself off, and boots from its disk. */
const INSTALLS_ITSELF = `  - { do: power, action: on }
  - { do: waitPower, on: false, limit: 3600, name: Wait until the installer switches it off }
  - { do: boot, device: disk, tries: 2 }
  - { do: power, action: on }
  - { do: waitSsh, limit: 600 }
`;

/** Recipes that are there without test data, each as its YAML, so that somebody who wants another can begin with it. */
export const BUILT_IN_RECIPES: Readonly<Record<string, string>> = {
  'virtual-media': `recipe: Install by virtual media
doc: |
  For images that install by themselves: the BMC shows the image as a CD, the machine boots from it once, installs, switches itself off,
  and boots from its disk. The machine must have a disk, and answer by SSH when it is installed.
hostKey: new
failOn: [Kernel panic - not syncing]
steps:
  - { do: power, action: off }
  - { do: insert, what: image, tries: 2 }
  - { do: boot, device: cdrom, tries: 2 }
  - { do: power, action: on }
  - { do: waitPower, on: false, limit: 3600, name: Wait until the installer switches it off }
  - { do: eject, tries: 2 }
  - { do: boot, device: disk, tries: 2 }
  - { do: power, action: on }
  - { do: waitSsh, limit: 600 }
`,
  'usb-image': `recipe: Install by a virtual USB stick
doc: |
  For images of a disk that install by themselves, as one writes them to a USB stick: the BMC shows the image as one, the machine boots from it once,
  installs, switches itself off, and boots from its disk. The machine must have a disk, and answer by SSH when it is installed.
hostKey: new
failOn: [Kernel panic - not syncing]
steps:
  - { do: power, action: off }
  - { do: insert, what: image, tries: 2 }
  - { do: boot, device: usb, tries: 2 }
  - { do: power, action: on }
  - { do: waitPower, on: false, limit: 3600, name: Wait until the installer switches it off }
  - { do: eject, tries: 2 }
  - { do: boot, device: disk, tries: 2 }
  - { do: power, action: on }
  - { do: waitSsh, limit: 600 }
`,
  'live-image': `recipe: Run from the image
doc: |
  For images that are tested as they boot, without installing anything: the machine boots from the image and answers by SSH. The image stays in
  the drive until the run is over.
imageStays: true
hostKey: new
failOn: [Kernel panic - not syncing]
steps:
  - { do: power, action: off }
  - { do: insert, what: image, tries: 2 }
  - { do: boot, device: cdrom, tries: 2 }
  - { do: power, action: on }
  - { do: waitSsh, limit: 900 }
powerAfter: off
`,
  'boot-device': `recipe: Install from media that the machine has
doc: |
  For machines whose BMC has no virtual media: what is in their drive or on the network installs by itself and switches the machine off.
image: none
hostKey: new
failOn: [Kernel panic - not syncing]
steps:
  - { do: power, action: off }
  - { do: boot, device: cdrom, tries: 2 }
${INSTALLS_ITSELF}`,
  'network-boot': `recipe: Install over the network
doc: |
  The machine boots from the network once; what the lab's own servers give it installs by itself and switches the machine off.
image: none
hostKey: new
failOn: [Kernel panic - not syncing]
steps:
  - { do: power, action: off }
  - { do: boot, device: pxe, tries: 2 }
${INSTALLS_ITSELF}`,
  'network-image': `recipe: Install an image over the network
doc: |
  For images of the library that install by themselves, a kernel with its initial RAM disks or a disc: the machine boots it once from the network, which
  the lab's DHCP server leads here (Settings, Images), installs, switches itself off, and boots from its disk.
hostKey: new
failOn: [Kernel panic - not syncing, It did not come to a start]
steps:
  - { do: power, action: off }
  - { do: networkBoot, tries: 2 }
${INSTALLS_ITSELF}`,
  'ssh-reimage': `recipe: Have the machine install itself again
doc: |
  For machines that bring their own way back, as a command (atn-reimage) that prepares it; the machine then starts anew and answers by SSH.
image: none
hostKey: new
steps:
  - { do: ssh, command: atn-reimage, limit: 1800 }
  - { do: power, action: cycle }
  - { do: waitSsh, limit: 1800 }
`,
};
