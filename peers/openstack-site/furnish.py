# Gives the site of peers/openstack what only the interfaces of its services can be told. Not to be called by hand.
#   furnish.py catalogue|site
import os
import subprocess
import sys
import time

import openstack

cloud = openstack.connect()
address = os.environ["PEER_ADDRESS"]
end = time.time() + float(os.environ["PEER_PATIENCE"])


def one(generator):
    return next(iter(generator), None)


def catalogue():
    identity = cloud.identity
    domain = "default"

    def project(name):
        return identity.find_project(name, domain_id=domain) or identity.create_project(name=name, domain_id=domain)

    def user(name):
        password = os.environ["OS_PASSWORD"]
        return identity.find_user(name, domain_id=domain) or identity.create_user(name=name, password=password, domain_id=domain)

    admin, member = identity.find_role("admin"), identity.find_role("member")
    identity.assign_project_role_to_user(project("service"), user("svc"), admin)
    identity.assign_project_role_to_user(project("demo"), user("demo"), member)
    identity.assign_project_role_to_user(project("demo"), identity.find_user("admin"), admin)
    federated(identity, domain, project("demo"), member)
    for kind, name, url in (
        ("image", "glance", f"http://{address}:9292"),
        ("placement", "placement", f"http://{address}:8778"),
        ("compute", "nova", f"http://{address}:8774/v2.1"),
        ("network", "neutron", f"http://{address}:9696"),
        ("volumev3", "cinderv3", f"http://{address}:8776/v3/%(project_id)s"),
    ):
        service = one(identity.services(type=kind)) or identity.create_service(type=kind, name=name)
        there = {endpoint.interface for endpoint in identity.endpoints(service_id=service.id)}
        for interface in ("public", "internal"):
            if interface not in there:
                identity.create_endpoint(service_id=service.id, interface=interface, url=url, region_id="RegionOne")


def federated(identity, domain, project, member):
    """Whoever an issuer's access tokens speak of is a member of the project."""
    group = identity.find_group("federated") or identity.create_group(name="federated", domain_id=domain)
    identity.assign_project_role_to_group(project, group, member)
    issuer = f"https://{address}:5002"
    rule = {
        "local": [{"user": {"name": "{0}"}}, {"group": {"id": group.id}}],
        "remote": [{"type": "HTTP_OIDC_SUB"}, {"type": "HTTP_OIDC_ISS", "any_one_of": [issuer]}],
    }
    identity.find_identity_provider("peer", ignore_missing=True) or identity.create_identity_provider(
        id="peer", remote_ids=[issuer], is_enabled=True
    )
    identity.find_mapping("peer", ignore_missing=True) or identity.create_mapping(id="peer", rules=[rule])
    identity.find_federation_protocol("peer", "openid", ignore_missing=True) or identity.create_federation_protocol(
        "peer", id="openid", mapping_id="peer"
    )


def wait(what, look):
    last = None
    while True:
        try:
            if look():
                return
        except Exception as error:
            last = error
        if time.time() > end:
            sys.exit(f"{what}: not there in time {last or ''}")
        time.sleep(0.5)


def site():
    agents = {"Linux bridge agent", "DHCP agent", "L3 agent"}
    wait("Neutron's agents", lambda: {agent.agent_type for agent in cloud.network.agents() if agent.is_alive} >= agents)
    wait("nova-compute", lambda: any(service.binary == "nova-compute" and service.state == "up" for service in cloud.compute.services()))
    if not one(cloud.compute.hypervisors()):
        box = ["nsenter", "-t", os.environ["PEER_PID"], "-m", "-n", "-p", "-u"]
        subprocess.run(box + ["nova-manage", "cell_v2", "discover_hosts"], check=True)
    for name, memory, cores, disk in (("nano", 128, 1, 1), ("micro", 256, 1, 1), ("small", 512, 2, 1), ("diskless", 128, 1, 0)):
        cloud.compute.find_flavor(name) or cloud.compute.create_flavor(name=name, ram=memory, vcpus=cores, disk=disk)
    wait("the hypervisor", lambda: one(cloud.compute.hypervisors()))
    volumes = cloud.block_storage
    services = {"cinder-volume", "cinder-scheduler", "cinder-backup"}
    running = lambda: {one["binary"] for one in volumes.get("/os-services").json()["services"] if one["state"] == "up"}
    wait("Cinder's services", lambda: running() >= services)
    one(kind for kind in volumes.types() if kind.name == "files") or volumes.create_type(name="files", is_public=True)

    image = os.environ["PEER_IMAGE"]
    if image and not cloud.image.find_image("tiny"):
        cloud.create_image("tiny", filename=image, disk_format="qcow2", container_format="bare", visibility="public", wait=True)
    demo = cloud.identity.find_project("demo")
    unlimited = {kind: -1 for kind in ("volumes", "gigabytes", "snapshots", "backups", "backup_gigabytes")}
    volumes.put(f"/os-quota-sets/{demo.id}", json={"quota_set": unlimited}).raise_for_status()
    network = cloud.network
    inside = network.find_network("demo-net") or network.create_network(name="demo-net", project_id=demo.id)
    one(network.subnets(network_id=inside.id)) or network.create_subnet(
        network_id=inside.id, project_id=demo.id, ip_version=4, cidr="10.77.0.0/24", name="demo-subnet"
    )
    outside = network.find_network("ext-net") or network.create_network(
        name="ext-net", is_router_external=True, provider_network_type="flat", provider_physical_network="outside"
    )
    one(network.subnets(network_id=outside.id)) or network.create_subnet(
        network_id=outside.id,
        ip_version=4,
        cidr="172.31.0.0/24",
        gateway_ip="172.31.0.1",
        name="ext-subnet",
        is_dhcp_enabled=False,
        allocation_pools=[{"start": "172.31.0.10", "end": "172.31.0.200"}],
    )
    if not network.find_router("demo-router"):
        router = network.create_router(name="demo-router", project_id=demo.id, external_gateway_info={"network_id": outside.id})
        network.add_interface_to_router(router, subnet_id=network.find_subnet("demo-subnet").id)


{"catalogue": catalogue, "site": site}[sys.argv[1]]()
