/** For a command that is started in a folder, as if somebody had typed it there. */
export function environmentIn(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, INIT_CWD: folder }
}
