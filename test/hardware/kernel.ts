import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Debian's kernel, unpacked: its image, and the tree in which `lib/modules` lies. */
export interface Kernel {
  readonly version: string
  readonly image: string
  readonly tree: string
}

/** Debian's package that names the current kernel. */
const META_PACKAGE = 'linux-image-amd64'

/** What the first files of the machine must hold to reach the rest over 9p. */
const BOOT_MODULES = ['virtio_pci', '9pnet_virtio', '9p'] as const

/** A program that must succeed; throws with what it said. Its own folder may be root's. */
export function must(command: string, args: readonly string[], options = {}): string {
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }
  const done = spawnSync(command, args, { encoding: 'utf8', env, ...options })
  if (done.error !== undefined) throw new Error(`${command} is missing: ${done.error.message}`)
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`)
  return done.stdout
}

/** The kernel in the cache; fetched by `apt-get download` and unpacked there the first time. */
export function ensureKernel(cache: string): Kernel {
  const tree = join(cache, 'kernel')
  if (!existsSync(tree)) {
    const work = join(cache, 'unpacking')
    rmSync(work, { recursive: true, force: true })
    mkdirSync(work, { recursive: true })
    const depends = must('apt-cache', ['depends', META_PACKAGE])
    const name = /Depends: (linux-image-\S+)/.exec(depends)?.[1]
    if (name === undefined) throw new Error(`apt knows no ${META_PACKAGE}: run apt-get update`)
    process.stderr.write(`Fetching ${name}, once…\n`)
    must('apt-get', ['download', '-q', name], { cwd: work })
    const [file] = readdirSync(work)
    if (file === undefined) throw new Error(`apt-get download brought no ${name}`)
    const unpacked = join(work, 'tree')
    must('dpkg-deb', ['-x', join(work, file), unpacked])
    must('depmod', ['-b', unpacked, versionIn(unpacked)])
    renameSync(unpacked, tree)
    rmSync(work, { recursive: true })
  }
  const version = versionIn(tree)
  return { version, image: join(tree, 'boot', `vmlinuz-${version}`), tree }
}

function versionIn(tree: string): string {
  const [version] = readdirSync(join(tree, 'lib', 'modules'))
  if (version === undefined) throw new Error('the kernel package holds no modules')
  return version
}

/**
 * Packs the first files of the machine, which put this machine's files in their place, read-only,
 * and go on with `next` (a program with its arguments, run by the shell). Returns the archive.
 */
export function packFirstFiles(kernel: Kernel, cache: string, next: readonly string[]): string {
  const folder = join(cache, 'first-files')
  rmSync(folder, { recursive: true, force: true })
  for (const name of ['bin', 'modules', 'proc', 'sys', 'dev', 'newroot']) {
    mkdirSync(join(folder, name), { recursive: true })
  }
  const busybox = must('sh', ['-c', 'command -v busybox']).trim()
  copyFileSync(busybox, join(folder, 'bin', 'busybox'))
  symlinkSync('busybox', join(folder, 'bin', 'sh'))
  const modules = modulePaths(kernel)
  for (const path of modules) copyFileSync(path, join(folder, 'modules', basename(path)))
  const loads = modules.map((path) => `insmod /modules/${basename(path)}`).join('\n')
  writeFileSync(join(folder, 'init'), firstScript(loads, next), { mode: 0o755 })
  const archive = join(cache, 'first-files.cpio')
  must('sh', ['-c', 'find . | cpio --quiet -o -H newc > ../first-files.cpio'], { cwd: folder })
  return archive
}

/** Each after what it needs. */
function modulePaths({ tree, version }: Kernel): string[] {
  const paths = BOOT_MODULES.flatMap((name) =>
    must('modprobe', ['-d', tree, '-S', version, '--show-depends', name])
      .split('\n')
      .map((line) => /^insmod (.*\S)\s*$/.exec(line)?.[1])
      .filter((path) => path !== undefined),
  )
  return [...new Set(paths)]
}

function firstScript(loads: string, next: readonly string[]): string {
  return `#!/bin/sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
${loads}
mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=262144 hostroot /newroot
mount -t tmpfs tmpfs /newroot/run
for one in dev proc sys; do mount --move /$one /newroot/$one; done
exec switch_root /newroot ${next.map(quoted).join(' ')}
`
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
