#!/bin/sh
# The first program of the virtual machine: loads the drivers, runs the tests, switches it off.
# Arguments: the repository, its Node, the tree with the kernel's modules, how the names of the test
# files begin.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin TMPDIR=/run/tmp HOME=/run/tmp
mkdir -p "$TMPDIR"
ip link set lo up
for module in virtio_console uhid usbhid hid_generic usblp cdc_acm ftdi_sio xhci_pci libcomposite \
  usb_f_hid usb_f_printer usb_f_acm; do
  modprobe -d "$3" "$module"
done
modprobe -d "$3" dummy_hcd num=2
mount -t configfs none /sys/kernel/config
/lib/systemd/systemd-udevd --daemon
udevadm trigger
udevadm settle
cd "$1" || exit
"$2" --test --test-isolation=none --test-timeout=60000 --test-force-exit --test-reporter=tap \
  "test/hardware/guest/$4*.hardware.ts" >/dev/virtio-ports/report 2>&1
echo o >/proc/sysrq-trigger
sleep 60
