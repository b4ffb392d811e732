package hansa.drivers.occi;

import hansa.drivers.occi.PeerMachines.Machine;
import hansa.drivers.occi.PeerServer.Said;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON of rOCCI-server 2: its core's renderers leave out what is empty and put id and title beside the attributes. */
final class PeerJson {

    private static final String TYPE = "application/json; charset=utf-8";
    private static final String INFRASTRUCTURE = "http://schemas.ogf.org/occi/infrastructure";

    private PeerJson() {}

    static Said query(String url) {
        return said(200, """
                {"kinds":[%s,%s,%s,%s,%s],"mixins":[
                {"term":"os_tpl","scheme":"%8$s#","location":"%9$s/mixin/os_tpl/","title":"OS template"},
                {"term":"7","scheme":"http://occi.one.example/occi/infrastructure/os_tpl#","location":"%9$s/mixin/os_tpl/7/","title":"CentOS 7","depends":["%8$s#os_tpl"],"applies":["%8$s#compute"]},
                {"term":"resource_tpl","scheme":"%8$s#","location":"%9$s/mixin/resource_tpl/"},
                {"term":"small","scheme":"%8$s/compute/template/1.1#","location":"%9$s/mixin/resource_tpl/small/","title":"Small","depends":["%8$s#resource_tpl"],"applies":["%8$s#compute"],"attributes":{
                "occi.compute.cores":{"mutable":false,"required":false,"type":"number","default":2},
                "occi.compute.memory":{"mutable":false,"required":false,"type":"number","default":0.25},
                "occi.compute.ephemeral_storage.size":{"mutable":false,"required":false,"type":"number","default":10}}},
                {"term":"user_data","scheme":"%8$s/compute#","location":"%9$s/mixin/user_data/","applies":["%8$s#compute"]},
                {"term":"ssh_key","scheme":"%8$s/credentials#","location":"%9$s/mixin/ssh_key/","applies":["%8$s#compute"]}]}
                """.formatted(
                        kind("compute", url + "/compute/"),
                        kind("network", url + "/network/"),
                        kind("storage", url + "/storage/"),
                        kind("storagelink", url + "/link/storagelink/"),
                        kind("networkinterface", url + "/link/networkinterface/"),
                        "",
                        "",
                        INFRASTRUCTURE,
                        url));
    }

    private static String kind(String term, String location) {
        return "{\"term\":\"%s\",\"scheme\":\"%s#\",\"location\":\"%s\",\"parent\":\"http://schemas.ogf.org/occi/core#resource\"}"
                .formatted(term, INFRASTRUCTURE, location);
    }

    /** An empty list is left without a body. */
    static Said list(Map<String, Machine> machines) {
        return machines.isEmpty()
                ? new Said(204, Map.of(), "")
                : said(
                        200,
                        machines.entrySet().stream()
                                .map(one -> machine(one.getKey(), one.getValue()))
                                .collect(Collectors.joining(",", "{\"resources\":[", "]}")));
    }

    static Said one(String id, Machine machine) {
        return said(200, machine(id, machine));
    }

    private static String machine(String id, Machine machine) {
        return """
                {"kind":"%1$s#compute","mixins":["%1$s/compute#user_data","%1$s/credentials#ssh_key","%1$s/compute/template/1.1#small"],\
                "actions":["%1$s/compute/action#stop"],\
                "attributes":{"occi.core.id":"%2$s","occi.core.title":"%3$s","occi.compute.state":"%4$s","occi.compute.cores":2,"occi.compute.memory":0.25},\
                "id":"%2$s","title":"%3$s","links":[{"kind":"%1$s#networkinterface","attributes":{"occi.networkinterface.mac":"02:00:00:00:00:01",\
                "occi.networkinterface.address":"192.0.2.9","occi.networkinterface.state":"active"},"id":"compute_%2$s_nic_0",\
                "source":{"location":"/compute/%2$s","kind":"%1$s#compute"},"target":{"location":"/network/2","kind":"%1$s#network"}}]}""".formatted(INFRASTRUCTURE, id, machine.title(), machine.state());
    }

    static Said made(String location) {
        return said(201, "[\"" + location + "\"]");
    }

    static Said refused(int status, String word, String text) {
        return said(status, "{\"status\":\"" + word + "\",\"error\":\"" + text + "\"}");
    }

    /** What was done without anything to be told. */
    static Said done() {
        return new Said(204, Map.of(), "");
    }

    private static Said said(int status, String body) {
        return Said.of(status, TYPE, body);
    }
}
