/** Exit codes that mean something to whoever started the process: the launcher, systemd, a container's restart policy. */
export const exitCodes = {
  /**
   * Starting this program again cannot help: it is too old for the book, or its configuration is wrong. EX_CONFIG of sysexits.h, which systemd
   * takes in `RestartPreventExitStatus=78`.
   */
  doNotRestart: 78,
} as const;
