"""OpenStack Swift with its S3 interface, whole and in one process:  swift-server.py <folder>

Prints "listening on <host>:<port>" once it answers. The account is test:tester, its secret testing.
"""
import os
import sys

import eventlet
import eventlet.wsgi

eventlet.monkey_patch()

from swift.common import storage_policy, utils, wsgi  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402

FOLDER = sys.argv[1]
PARTS = ('account', 'container', 'object')
FILTERS = ('catch_errors', 's3api', 'tempauth', 'slo')


class Cache:
    """What memcached is asked for; Swift's sign-in does not work without one."""

    def __init__(self):
        self.kept = {}

    def get(self, key, *_, **__):
        return self.kept.get(key)

    def set(self, key, value, *_, **__):
        self.kept[key] = value

    def incr(self, key, delta=1, *_, **__):
        self.kept[key] = self.kept.get(key, 0) + delta
        return self.kept[key]

    def delete(self, key, *_, **__):
        self.kept.pop(key, None)


class Silence:
    def write(self, *_):
        pass


def write(name, text):
    path = os.path.join(FOLDER, name)
    with open(path, 'w') as file:
        file.write(text)
    return path


def serve(name, socket, pipeline):
    filters = ''.join(f'[filter:{each}]\nuse = egg:swift#{each}\n' for each in FILTERS)
    filters = filters.replace('#tempauth\n', '#tempauth\nuser_test_tester = testing .admin\n')
    path = write(f'{name}.conf', f"""[DEFAULT]
swift_dir = {FOLDER}
devices = {FOLDER}/devices
mount_check = false
fallocate_reserve = 0
log_level = ERROR
[pipeline:main]
pipeline = {pipeline}
[app:{name}-server]
use = egg:swift#{name}
account_autocreate = true
{filters}""")
    application = wsgi.loadapp(path, global_conf={'log_name': name})

    def with_cache(environ, start_response):
        environ['swift.cache'] = CACHE
        return application(environ, start_response)

    eventlet.spawn(eventlet.wsgi.server, socket, with_cache, Silence(), protocol=wsgi.SwiftHttpProtocol, debug=False)


CACHE = Cache()
os.makedirs(f'{FOLDER}/devices/disk')
# Swift reads these once, when it is imported, from /etc.
utils.SWIFT_CONF_FILE = write('swift.conf', '')
utils.HASH_PATH_PREFIX = utils.HASH_PATH_SUFFIX = b'tests'
storage_policy.reload_storage_policies()

for part in PARTS:
    listener = eventlet.listen(('127.0.0.1', 0))
    ring = RingBuilder(0, 1, 1)
    ring.add_dev({
        'id': 0, 'region': 1, 'zone': 1, 'weight': 1, 'meta': '',
        'ip': '127.0.0.1', 'port': listener.getsockname()[1], 'device': 'disk',
    })
    ring.rebalance()
    ring.get_ring().save(f'{FOLDER}/{part}.ring.gz')
    serve(part, listener, f'{part}-server')

front = eventlet.listen(('127.0.0.1', 0))
serve('proxy', front, ' '.join((*FILTERS, 'proxy-server')))
print(f'listening on 127.0.0.1:{front.getsockname()[1]}', flush=True)
while True:
    eventlet.sleep(3600)
