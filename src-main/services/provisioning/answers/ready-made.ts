import type { ReadyAnswers } from '../../../../src-shared/model/recipe.ts';

/** Answers that are there without test data: with which label on an image, and which files. */
interface ReadyMade {
  doc: string;
  label: string;
  files: { path: string; text: string }[];
}

const KICKSTART = `# Unattended installation of {{ sut.name }}
text
lang en_US.UTF-8
keyboard us
timezone --utc Etc/UTC
{% if field.ip %}network --bootproto=static --activate --ip={{ field.ip }} --netmask={{ field.netmask }} --gateway={{ field.gateway }}{% if field.dns %} --nameserver={{ field.dns }}{% endif %} --hostname={{ field.hostname | default: sut.name | shell }}
{% else %}network --bootproto=dhcp --activate --hostname={{ field.hostname | default: sut.name | shell }}
{% endif %}{% if secret.root_password %}rootpw --plaintext {{ secret.root_password | shell }}
{% else %}rootpw --lock
{% endif %}{% if ssh.user and ssh.user != 'root' %}user --name={{ ssh.user }} --groups=wheel
{% endif %}{% if ssh.publicKey %}sshkey --username={{ ssh.user }} {{ ssh.publicKey | shell }}
{% endif %}{% if field.disk %}ignoredisk --only-use={{ field.disk }}
{% endif %}zerombr
clearpart --all --initlabel
autopart --type=plain
firewall --enabled --ssh
services --enabled=sshd
poweroff

%packages
@core
openssh-server
%end

%post
{% if ssh.user and ssh.user != 'root' %}echo '{{ ssh.user }} ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/{{ ssh.user }}
chmod 0440 /etc/sudoers.d/{{ ssh.user }}
{% endif %}{% if callBack.url %}curl -fsS {{ callBack.url | shell }} || true
{% endif %}%end
`;

const PRESEED = `# Unattended installation of {{ sut.name }}
d-i debian-installer/locale string en_US.UTF-8
d-i keyboard-configuration/xkb-keymap select us
d-i netcfg/choose_interface select auto
d-i netcfg/get_hostname string {{ field.hostname | default: sut.name }}
d-i netcfg/get_domain string {{ field.domain | default: 'localdomain' }}
{% if field.ip %}d-i netcfg/disable_autoconfig boolean true
d-i netcfg/get_ipaddress string {{ field.ip }}
d-i netcfg/get_netmask string {{ field.netmask }}
d-i netcfg/get_gateway string {{ field.gateway }}
d-i netcfg/get_nameservers string {{ field.dns | default: field.gateway }}
d-i netcfg/confirm_static boolean true
{% endif %}d-i clock-setup/utc boolean true
d-i time/zone string Etc/UTC
{% if secret.root_password %}d-i passwd/root-login boolean true
d-i passwd/root-password password {{ secret.root_password }}
d-i passwd/root-password-again password {{ secret.root_password }}
{% else %}d-i passwd/root-login boolean false
{% endif %}{% if ssh.user and ssh.user != 'root' %}d-i passwd/make-user boolean true
d-i passwd/user-fullname string {{ ssh.user }}
d-i passwd/username string {{ ssh.user }}
d-i passwd/user-password-crypted password !
{% else %}d-i passwd/make-user boolean false
{% endif %}{% if field.disk %}d-i partman-auto/disk string /dev/{{ field.disk }}
d-i grub-installer/bootdev string /dev/{{ field.disk }}
{% else %}d-i grub-installer/bootdev string default
{% endif %}d-i partman-auto/method string regular
d-i partman-auto/choose_recipe select atomic
d-i partman-partitioning/confirm_write_new_label boolean true
d-i partman/choose_partition select finish
d-i partman/confirm boolean true
d-i partman/confirm_nooverwrite boolean true
tasksel tasksel/first multiselect ssh-server
d-i pkgsel/include string openssh-server sudo
d-i pkgsel/update-policy select none
popularity-contest popularity-contest/participate boolean false
d-i grub-installer/only_debian boolean true
{% if ssh.publicKey %}{% assign home = '/root' %}{% if ssh.user != 'root' %}{% assign home = '/home/' | append: ssh.user %}{% endif %}d-i preseed/late_command string mkdir -p /target{{ home }}/.ssh; echo {{ ssh.publicKey | shell }} > /target{{ home }}/.ssh/authorized_keys; in-target chown -R {{ ssh.user }}: {{ home }}/.ssh; in-target chmod -R go= {{ home }}/.ssh{% if ssh.user != 'root' %}; echo '{{ ssh.user }} ALL=(ALL) NOPASSWD: ALL' > /target/etc/sudoers.d/{{ ssh.user }}{% endif %}{% if callBack.url %}; wget -qO- {{ callBack.url | shell }} || true{% endif %}
{% elsif callBack.url %}d-i preseed/late_command string wget -qO- {{ callBack.url | shell }} || true
{% endif %}d-i finish-install/reboot_in_progress note
d-i cdrom-detect/eject boolean false
d-i debian-installer/exit/poweroff boolean true
`;

/** The account that the harness logs in with; `before`: spaces at the beginning of each line. */
const users = (before: string): string => `${before}users:
${before}  - name: {{ ssh.user | default: 'tester' | yaml }}
${before}    sudo: "ALL=(ALL) NOPASSWD:ALL"
${before}    shell: /bin/bash
${before}    lock_passwd: true
{% if ssh.publicKey %}${before}    ssh_authorized_keys:
${before}      - {{ ssh.publicKey | yaml }}
{% endif %}`;

const META_DATA = `instance-id: {{ sut.id | yaml }}
local-hostname: {{ field.hostname | default: sut.name | yaml }}
`;

const AUTOINSTALL = `#cloud-config
autoinstall:
  version: 1
  locale: en_US.UTF-8
  keyboard: { layout: us }
  network:
    version: 2
    ethernets:
      all:
        match: { name: "e*" }
{% if field.ip %}        addresses: [{{ field.ip | append: '/' | append: field.prefix | yaml }}]
        routes: [{ to: default, via: {{ field.gateway | yaml }} }]
{% if field.dns %}        nameservers: { addresses: [{{ field.dns | yaml }}] }
{% endif %}{% else %}        dhcp4: true
{% endif %}  storage:
    layout:
      name: direct
{% if field.disk %}      match: { path: {{ '/dev/' | append: field.disk | yaml }} }
{% endif %}  ssh: { install-server: true, allow-pw: false }
  shutdown: poweroff
  user-data:
    hostname: {{ field.hostname | default: sut.name | yaml }}
    disable_root: {% if ssh.user == 'root' %}false{% else %}true{% endif %}
${users('    ')}{% if callBack.url %}  late-commands:
    - [curl, -fsS, {{ callBack.url | yaml }}]
{% endif %}`;

const CLOUD_INIT = `#cloud-config
hostname: {{ field.hostname | default: sut.name | yaml }}
disable_root: {% if ssh.user == 'root' %}false{% else %}true{% endif %}
ssh_pwauth: false
${users('')}{% if callBack.url %}phone_home:
  url: {{ callBack.url | yaml }}
  post: [instance_id]
  tries: 5
{% endif %}`;

const IGNITION = `{
  "ignition": { "version": "3.4.0" },
  "passwd": {
    "users": [
      {
        "name": {{ ssh.user | default: 'core' | json }}{% if ssh.publicKey %},
        "sshAuthorizedKeys": [{{ ssh.publicKey | json }}]{% endif %}
      }
    ]
  },
  "storage": {
    "files": [
      {
        "path": "/etc/hostname",
        "mode": 420,
        "overwrite": true,
        "contents": { "source": "data:,{{ field.hostname | default: sut.name | url_encode }}" }
      }
    ]
  }{% if callBack.url %},
  "systemd": {
    "units": [
      {
        "name": "atn-call-back.service",
        "enabled": true,
        "contents": {{ '[Unit]\\nWants=network-online.target\\nAfter=network-online.target\\n[Service]\\nType=oneshot\\nExecStart=/usr/bin/curl -fsS ' | append: callBack.url | append: '\\n[Install]\\nWantedBy=multi-user.target\\n' | json }}
      }
    ]
  }{% endif %}
}
`;

const ESXI = `# Unattended installation of {{ sut.name }}
vmaccepteula
{% if field.disk %}install --disk={{ field.disk }} --overwritevmfs
{% else %}install --firstdisk --overwritevmfs
{% endif %}rootpw {{ secret.root_password }}
{% if field.ip %}network --bootproto=static --ip={{ field.ip }} --netmask={{ field.netmask }} --gateway={{ field.gateway }}{% if field.dns %} --nameserver={{ field.dns }}{% endif %} --hostname={{ field.hostname | default: sut.name | shell }}
{% else %}network --bootproto=dhcp --device=vmnic0
{% endif %}reboot

%firstboot --interpreter=busybox
vim-cmd hostsvc/enable_ssh
vim-cmd hostsvc/start_ssh
{% if ssh.publicKey %}mkdir -p /etc/ssh/keys-root
echo {{ ssh.publicKey | shell }} > /etc/ssh/keys-root/authorized_keys
{% endif %}{% if callBack.url %}wget -O /dev/null {{ callBack.url | shell }} || true
{% endif %}`;

export const READY_ANSWERS: Readonly<Record<ReadyAnswers, ReadyMade>> = {
  kickstart: {
    doc: 'Fedora and its relatives, found by themselves on an image labelled OEMDRV; by HTTP with inst.ks={{ answers.url }}ks.cfg.',
    label: 'OEMDRV',
    files: [{ path: 'ks.cfg', text: KICKSTART }],
  },
  preseed: {
    doc: 'Debian installer, by HTTP: auto=true priority=critical url={{ answers.url }}preseed.cfg.',
    label: 'PRESEED',
    files: [{ path: 'preseed.cfg', text: PRESEED }],
  },
  autoinstall: {
    doc: 'Ubuntu server installer, found by itself on an image labelled CIDATA; by HTTP with autoinstall ds=nocloud-net;s={{ answers.url }}.',
    label: 'CIDATA',
    files: [
      { path: 'user-data', text: AUTOINSTALL },
      { path: 'meta-data', text: META_DATA },
    ],
  },
  'cloud-init': {
    doc: 'Cloud images of every distribution, found by itself on an image labelled CIDATA; by HTTP with ds=nocloud-net;s={{ answers.url }}.',
    label: 'CIDATA',
    files: [
      { path: 'user-data', text: CLOUD_INIT },
      { path: 'meta-data', text: META_DATA },
    ],
  },
  ignition: {
    doc: 'Fedora CoreOS and Flatcar, by HTTP: coreos.inst.ignition_url={{ answers.url }}config.ign or ignition.config.url={{ answers.url }}config.ign.',
    label: 'IGNITION',
    files: [{ path: 'config.ign', text: IGNITION }],
  },
  esxi: {
    doc: 'VMware ESXi, by HTTP: ks={{ answers.url }}ks.cfg. It demands the secret field root_password.',
    label: 'KS',
    files: [{ path: 'ks.cfg', text: ESXI }],
  },
};
