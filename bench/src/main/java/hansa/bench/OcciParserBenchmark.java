package hansa.bench;

import com.sun.net.httpserver.Headers;
import cz.cesnet.cloud.occi.Collection;
import cz.cesnet.cloud.occi.exception.ParsingException;
import cz.cesnet.cloud.occi.parser.CollectionType;
import cz.cesnet.cloud.occi.parser.TextParser;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.Link;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;
import hansa.protocols.occi.Profile;
import hansa.protocols.occi.Resource;
import hansa.protocols.occi.Sink;
import hansa.protocols.occi.extension.Core;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.OpenStackExtension;
import hansa.protocols.occi.extension.ResourceTemplates;
import hansa.protocols.occi.json.OcciJsonReader;
import hansa.protocols.occi.json.OcciJsonWriter;
import hansa.protocols.occi.text.TextPlainReader;
import hansa.protocols.occi.text.TextPlainWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Requests per second that one core reads, and machines that it renders. The bar is 200,000 requests read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class OcciParserBenchmark {
    private final byte[] text = """
            Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
            Category: debian12; scheme="http://occi.example.org/occi/infrastructure/os_tpl#"; class="mixin"
            Category: small; scheme="http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#"; class="mixin"
            Category: user_data; scheme="http://schemas.openstack.org/compute/instance#"; class="mixin"
            X-OCCI-Attribute: occi.core.title="vm1"
            X-OCCI-Attribute: occi.compute.hostname="vm1.example.org"
            X-OCCI-Attribute: org.openstack.compute.user_data="I2Nsb3VkLWNvbmZpZwo="
            Link: </network/public>; rel="http://schemas.ogf.org/occi/infrastructure#network"; category="http://schemas.ogf.org/occi/infrastructure#networkinterface"; occi.networkinterface.interface="eth0"
            """.getBytes(StandardCharsets.UTF_8);

    // jOCCI wants an id and the location of the kind, and no link, so it has one line less to read.
    private final String peerText = """
            Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"; location="/compute/"
            Category: debian12; scheme="http://occi.example.org/occi/infrastructure/os_tpl#"; class="mixin"
            Category: small; scheme="http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#"; class="mixin"
            Category: user_data; scheme="http://schemas.openstack.org/compute/instance#"; class="mixin"
            X-OCCI-Attribute: occi.core.id="b9ff813e-fee5-4a9d-b839-673f39746096"
            X-OCCI-Attribute: occi.compute.hostname="vm1.example.org"
            X-OCCI-Attribute: org.openstack.compute.user_data="I2Nsb3VkLWNvbmZpZwo="
            """;

    private final byte[] json = """
            {"kind": "http://schemas.ogf.org/occi/infrastructure#compute",
             "mixins": ["http://occi.example.org/occi/infrastructure/os_tpl#debian12",
                        "http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#small",
                        "http://schemas.openstack.org/compute/instance#user_data"],
             "attributes": {"occi.compute.hostname": "vm1.example.org",
                            "org.openstack.compute.user_data": "I2Nsb3VkLWNvbmZpZwo="},
             "links": [{"kind": "http://schemas.ogf.org/occi/infrastructure#networkinterface",
                        "attributes": {"occi.networkinterface.interface": "eth0"},
                        "target": {"location": "/network/public",
                                   "kind": "http://schemas.ogf.org/occi/infrastructure#network"}}],
             "title": "vm1"}
            """.getBytes(StandardCharsets.UTF_8);

    private final TextPlainReader textReader = new TextPlainReader(Limits.standard());
    private final OcciJsonReader jsonReader = new OcciJsonReader(Limits.standard());
    private final Model model = Model.builder()
            .add(Core.extension(Profile.COMPATIBLE))
            .add(Infrastructure.extension(Profile.COMPATIBLE))
            .add(ResourceTemplates.extension())
            .add(OpenStackExtension.extension())
            .build();
    private final TextPlainWriter textWriter = new TextPlainWriter(model, "/occi");
    private final OcciJsonWriter jsonWriter = new OcciJsonWriter("/occi");
    private final Resource machine = machine();
    private final Sink sink = new Sink(4096);

    private Resource machine() {
        Kind compute = model.kind(Infrastructure.COMPUTE).orElseThrow();
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("occi.compute.architecture", AttributeValue.of("x64"));
        attributes.put("occi.compute.cores", AttributeValue.of(2));
        attributes.put("occi.compute.memory", AttributeValue.of(4));
        attributes.put("occi.compute.hostname", AttributeValue.of("vm1.example.org"));
        attributes.put("occi.compute.state", AttributeValue.of("active"));
        return new Resource(
                compute,
                "b9ff813e-fee5-4a9d-b839-673f39746096",
                Optional.of("vm1"),
                Optional.empty(),
                List.of(model.mixin(CategoryId.parse(ResourceTemplates.SCHEME + "small"))
                        .orElseThrow()),
                attributes,
                List.of(
                        model.action(Infrastructure.action(Infrastructure.COMPUTE, "stop"))
                                .orElseThrow(),
                        model.action(Infrastructure.action(Infrastructure.COMPUTE, "restart"))
                                .orElseThrow()),
                List.of(networkInterface()));
    }

    private Link networkInterface() {
        return new Link(
                model.kind(Infrastructure.NETWORK_INTERFACE).orElseThrow(),
                "5ff1d1a1-2d4e-4a77-9d8a-6b7c1b0a0f10",
                Optional.empty(),
                List.of(model.mixin(Infrastructure.IP_NETWORK_INTERFACE).orElseThrow()),
                Map.of(
                        "occi.networkinterface.state", AttributeValue.of("active"),
                        "occi.networkinterface.address", AttributeValue.of("192.168.0.100")),
                List.of(),
                "/compute/b9ff813e-fee5-4a9d-b839-673f39746096",
                Optional.of(Infrastructure.COMPUTE),
                "/network/public",
                Optional.of(Infrastructure.NETWORK));
    }

    @Benchmark
    public OcciMessage readText() throws OcciSyntaxException {
        return textReader.read(text);
    }

    /** The peer: jOCCI, the library of the EGI clients, reads the same request. */
    @Benchmark
    public Collection readTextByJocci() throws ParsingException {
        return new TextParser()
                .parseCollection(
                        cz.cesnet.cloud.occi.parser.MediaType.TEXT_PLAIN,
                        peerText,
                        new Headers(),
                        CollectionType.RESOURCE);
    }

    @Benchmark
    public OcciMessage readJson() throws OcciSyntaxException {
        return jsonReader.read(json);
    }

    @Benchmark
    public Sink renderText() {
        textWriter.entity(machine, sink.reset());
        return sink;
    }

    @Benchmark
    public Sink renderJson() {
        jsonWriter.entity(machine, sink.reset());
        return sink;
    }
}
