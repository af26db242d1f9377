# Runs a program as Compose would have it run in a container:  enter-container.sh <root> <programs> <mounts> <program> …
# In a mount namespace of its own (see unshare) an empty root is put together from the system's read-only folders, the
# image's own and the volumes; nothing but volumes and tmpfs can be written. <programs> becomes /usr/local/bin. <mounts> has
# a line "<source> <path> <options>" each; the source "tmpfs" is one.
set -e
root=$1 programs=$2 mounts=$3
shift 3
mount --make-rprivate /
mount -t tmpfs -o mode=755 root "$root"
for folder in bin sbin lib lib64 usr etc; do
  [ -e "/$folder" ] || continue
  if [ -L "/$folder" ]; then cp -P "/$folder" "$root/"; continue; fi
  mkdir "$root/$folder"
  mount --bind "/$folder" "$root/$folder"
  mount -o remount,bind,ro "$root/$folder"
done
mkdir "$root/proc" "$root/dev"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$programs" "$root/usr/local/bin"
mount -o remount,bind,ro "$root/usr/local/bin"
while read -r source path options; do
  [ -n "$source" ] || continue
  mkdir -p "$root$path"
  if [ "$source" = tmpfs ]; then mount -t tmpfs -o "${options:-rw}" tmpfs "$root$path"; continue; fi
  mount --bind "$source" "$root$path"
  if [ "$options" = ro ]; then mount -o remount,bind,ro "$root$path"; fi
done <<EOF
$mounts
EOF
mount -o remount,ro "$root"
exec /usr/sbin/chroot "$root" /usr/bin/setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs --bounding-set=-all \
  --inh-caps=-all /bin/sh -c 'cd "$WORKDIR" && exec "$@"' sh "$@"
