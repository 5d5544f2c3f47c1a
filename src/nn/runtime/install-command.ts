/**
 * What a user types to get ONNX Runtime. On Linux with x64 its install script would fetch CUDA libraries from outside the
 * npm registry, which nets on the CPU do not need, and npm leaves the whole package out without a word where they cannot
 * be fetched.
 */
export function installCommand(platform: string = process.platform, arch: string = process.arch): string {
  const install = 'npm install onnxruntime-node@1.30.0';
  return platform === 'linux' && arch === 'x64' ? `ONNXRUNTIME_NODE_INSTALL=skip ${install}` : install;
}
