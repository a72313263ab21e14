"""Writes an OCI image layout of one layer: python3 oci.py LAYOUT LAYER.tar VERSION RID EPOCH"""
import gzip
import hashlib
import json
import pathlib
import sys
import time

layout, layer, version, rid, epoch = sys.argv[1:]
blobs = pathlib.Path(layout) / "blobs" / "sha256"
made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(epoch)))


def put(content: bytes) -> dict:
    """Stores a blob under its own hash."""
    digest = hashlib.sha256(content).hexdigest()
    (blobs / digest).write_bytes(content)
    return {"digest": f"sha256:{digest}", "size": len(content)}


def put_json(value: object) -> dict:
    return put(json.dumps(value, sort_keys=True, separators=(",", ":")).encode())


plain = pathlib.Path(layer).read_bytes()
compressed = put(gzip.compress(plain, 9, mtime=0))
architecture = {"linux-x64": "amd64", "linux-arm64": "arm64"}[rid]
config = put_json({
    "architecture": architecture,
    "os": "linux",
    "created": made,
    "config": {
        "Entrypoint": ["/usr/bin/deltoid"],
        "WorkingDir": "/data",
        "User": "65534:65534",
        "Labels": {"org.opencontainers.image.version": version, "org.opencontainers.image.licenses": "Apache-2.0"},
    },
    "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(plain).hexdigest()]},
    "history": [{"created": made, "created_by": "scripts/release"}],
})
manifest = put_json({
    "schemaVersion": 2,
    "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "config": {"mediaType": "application/vnd.oci.image.config.v1+json", **config},
    "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", **compressed}],
})
index = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.oci.image.index.v1+json",
    "manifests": [{
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        **manifest,
        "platform": {"architecture": architecture, "os": "linux"},
        "annotations": {"org.opencontainers.image.ref.name": version},
    }],
}
(pathlib.Path(layout) / "index.json").write_text(json.dumps(index, sort_keys=True))
(pathlib.Path(layout) / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
