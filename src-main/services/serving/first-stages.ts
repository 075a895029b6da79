/** Firmware that starts from the network, as it says itself in DHCP option 93 (RFC 4578; numbers of IANA). */
export interface Firmware {
  name: string;
  architectures: readonly number[];
  /** Fetches its first program over HTTP (UEFI HTTP boot), else over TFTP. */
  http: boolean;
  /** iPXE for it. */
  program: string;
}

const [BIOS_FILE, UEFI_FILE, ARM_FILE] = ['undionly.kpxe', 'ipxe.efi', 'ipxe-arm64.efi'];

/** 9 is said by old firmware of x86 with 64 bits in the place of 7. */
export const FIRMWARES: readonly Firmware[] = [
  { name: 'bios', architectures: [0], http: false, program: BIOS_FILE },
  { name: 'uefi', architectures: [7, 9], http: false, program: UEFI_FILE },
  { name: 'uefi-http', architectures: [16], http: true, program: UEFI_FILE },
  { name: 'arm64', architectures: [11], http: false, program: ARM_FILE },
  { name: 'arm64-http', architectures: [19], http: true, program: ARM_FILE },
];

/** Programs that fetch over HTTP what a network card alone cannot: iPXE, as Debian and its makers name them. Nothing else of their folder is served. */
export const FIRST_STAGES: readonly string[] = [BIOS_FILE, 'ipxe.pxe', UEFI_FILE, 'snponly.efi', ARM_FILE];
