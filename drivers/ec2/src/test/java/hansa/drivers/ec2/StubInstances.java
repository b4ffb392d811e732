package hansa.drivers.ec2;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** The stub's instances and key pairs. */
final class StubInstances {

    private static final Pattern ECHO = Pattern.compile("echo \"([^\"]*)\"");
    private static final Pattern PART = Pattern.compile("base64\n(?:Merge[^\n]*\n)?\n([A-Za-z0-9+/=\n]+)");

    final Map<String, StubInstance> all = Stub.map();
    private final Map<String, String> keys = Stub.map();
    private final Stub stub;
    private int launches;

    StubInstances(Stub stub) {
        this.stub = stub;
    }

    /** How many instances were ever made. */
    int launches() {
        return launches;
    }

    boolean answer(StubRequest request, StubXml xml) {
        switch (request.action()) {
            case "RunInstances" -> write(xml, List.of(run(request)));
            case "DescribeInstances" -> {
                settle();
                stub.describe(
                        request,
                        xml,
                        "InstanceId",
                        "reservationSet",
                        all,
                        "InvalidInstanceID.NotFound",
                        "InvalidInstanceID.Malformed",
                        (one, instance) -> write(one, List.of(instance)));
            }
            case "TerminateInstances" -> each(request, xml, this::terminate);
            case "StopInstances" ->
                each(request, xml, instance -> {
                    instance.require("running", "pending", "stopping", "stopped");
                    if (instance.spot) {
                        throw new StubRefusal(
                                "UnsupportedOperation", "You can't stop the Spot Instance '" + instance.id + "'");
                    }
                    if (!instance.state().equals("stopped")) {
                        instance.become("stopping", "stopped");
                        instance.reason = "Client.UserInitiatedShutdown";
                    }
                });
            case "StartInstances" ->
                each(request, xml, instance -> {
                    instance.require("stopped", "running", "pending");
                    if (instance.state().equals("stopped")) {
                        stub.volumes.requireRoot(instance);
                        instance.become("pending", "running");
                        instance.launched = Instant.now();
                        instance.reason = "";
                    }
                });
            case "RebootInstances" -> {
                request.list("InstanceId").forEach(id -> get(id).require("running"));
                xml.text("return", true);
            }
            case "ModifyInstanceAttribute" -> {
                StubInstance instance = get(request.text("InstanceId"));
                if (request.has("BlockDeviceMapping.1.")) {
                    stub.volumes.letDie(
                            instance,
                            request.text("BlockDeviceMapping.1.DeviceName"),
                            request.text("BlockDeviceMapping.1.Ebs.DeleteOnTermination"));
                } else {
                    instance.require("stopped");
                    instance.type = known(request.text("InstanceType.Value"));
                }
                xml.text("return", true);
            }
            case "GetConsoleOutput" -> {
                StubInstance instance = get(request.text("InstanceId"));
                xml.text("instanceId", instance.id)
                        .text(
                                "output",
                                Base64.getMimeEncoder()
                                        .encodeToString(instance.console.getBytes(StandardCharsets.UTF_8)));
            }
            case "ImportKeyPair" -> {
                if (keys.containsKey(request.text("KeyName"))) {
                    throw new StubRefusal("InvalidKeyPair.Duplicate", "The keypair already exists");
                }
                keys.put(request.text("KeyName"), key(request.text("PublicKeyMaterial")));
                xml.text("keyName", request.text("KeyName"));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    String publicKey(String pair) {
        return Optional.ofNullable(keys.get(pair)).orElseThrow();
    }

    private static String key(String material) {
        String key = new String(Base64.getDecoder().decode(material), StandardCharsets.US_ASCII);
        if (!key.matches("ssh-(rsa|ed25519) [A-Za-z0-9+/=]+ .*")) {
            throw new StubRefusal("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
        }
        return key;
    }

    void deleteKeys() {
        keys.clear();
    }

    private static String known(String type) {
        if (!StubImages.TYPES.containsKey(type)) {
            throw new StubRefusal("InvalidInstanceType", "The instance type '" + type + "' is not valid");
        }
        return type;
    }

    StubInstance get(String id) {
        settle();
        return Stub.get(all, id, "InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed");
    }

    private void each(StubRequest request, StubXml xml, Consumer<StubInstance> change) {
        List<StubInstance> some =
                request.list("InstanceId").stream().map(this::get).toList();
        some.forEach(change);
        xml.items(
                "instancesSet",
                some,
                (one, instance) -> one.text("instanceId", instance.id)
                        .in(
                                "currentState",
                                () -> one.text("code", instance.code()).text("name", instance.state())));
    }

    private void terminate(StubInstance instance) {
        if (!instance.ended()) {
            instance.become("shutting-down", "terminated");
            instance.reason = "Client.UserInitiatedShutdown";
        }
    }

    /** As if the market had. */
    synchronized void takeBack(String id) {
        StubInstance instance = Optional.ofNullable(all.get(id)).orElseThrow();
        instance.become("shutting-down", "terminated");
        instance.reason = "Server.SpotInstanceTermination";
    }

    /** As if somebody had at the console of the cloud. */
    void terminateBehindOurBack(String id) {
        terminate(Optional.ofNullable(all.get(id)).orElseThrow());
    }

    /** What goes with those that are terminated. */
    private void settle() {
        all.values().stream()
                .filter(instance -> instance.state().equals("terminated"))
                .forEach(instance -> {
                    stub.volumes.releaseAll(instance.id);
                    stub.networks.deleteCardsOf(instance);
                });
    }

    private StubInstance run(StubRequest request) {
        if (request.number("MinCount") != 1 || request.number("MaxCount") != 1) {
            throw new StubRefusal("InvalidParameterValue", "the stub makes one at a time");
        }
        String token = request.text("ClientToken");
        if (token.length() > 64) {
            throw new StubRefusal("InvalidParameterValue", "Client token is longer than 64 ASCII characters");
        }
        Optional<StubInstance> before = all.values().stream()
                .filter(one -> one.clientToken.equals(token))
                .findFirst();
        if (before.isPresent()) {
            return again(before.get(), request);
        }
        if (!stub.images.has(request.text("ImageId"))) {
            throw new StubRefusal(
                    "InvalidAMIID.NotFound", "The image id '[" + request.text("ImageId") + "]' does not exist");
        }
        known(request.text("InstanceType"));
        request.optional("KeyName").filter(name -> !keys.containsKey(name)).ifPresent(name -> {
            throw new StubRefusal("InvalidKeyPair.NotFound", "The key pair '" + name + "' does not exist");
        });
        request.optional("Placement.GroupName").ifPresent(stub.groups::enter);
        String id = stub.id("i");
        StubInstance instance = new StubInstance(
                id, stub, request, stub.volumes.root(request, id), "Booting " + id + "\r\n" + printed(request));
        instance.tags.putAll(stub.tagging(request, "instance"));
        instance.cards.addAll(stub.networks.plugIn(request, id));
        all.put(id, instance);
        launches++;
        return instance;
    }

    private static StubInstance again(StubInstance before, StubRequest request) {
        if (!before.asked.equals(request.all())) {
            throw new StubRefusal(
                    "IdempotentParameterMismatch", "Arguments on this idempotent request are inconsistent");
        }
        if (before.ended()) {
            throw new StubRefusal("IdempotentInstanceTerminated", "The instance of this client token is terminated");
        }
        return before;
    }

    /** What the scripts among the user data print. */
    private static String printed(StubRequest request) {
        String text = request.optional("UserData").map(StubInstances::userData).orElse("");
        return ECHO.matcher(text)
                .results()
                .map(found -> found.group(1) + "\r\n")
                .collect(Collectors.joining());
    }

    /** As cloud-init would have it: unpacked, and the parts of an archive one after the other. */
    static String userData(String base64) {
        byte[] data = Base64.getDecoder().decode(base64);
        if (data.length > 16 * 1024) {
            throw new StubRefusal("InvalidParameterValue", "User data is limited to 16384 bytes");
        }
        String text = new String(unpacked(data), StandardCharsets.UTF_8);
        if (!text.startsWith("MIME-Version")) {
            return text;
        }
        StringBuilder parts = new StringBuilder();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            parts.append(new String(Base64.getMimeDecoder().decode(part.group(1)), StandardCharsets.UTF_8))
                    .append('\n');
        }
        return parts.toString();
    }

    private static byte[] unpacked(byte[] data) {
        if (data.length < 2 || data[0] != 0x1f) {
            return data;
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(data))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(StubXml xml, List<StubInstance> some) {
        xml.text("reservationId", "r-00000001").text("ownerId", "111122223333");
        xml.items("instancesSet", some, (one, instance) -> {
            one.text("instanceId", instance.id)
                    .text("imageId", instance.asked.getOrDefault("ImageId", ""))
                    .in("instanceState", () -> one.text("code", instance.code()).text("name", instance.state()))
                    .text("instanceType", instance.type)
                    .text("launchTime", instance.launched)
                    .text("clientToken", instance.clientToken)
                    .in(
                            "placement",
                            () -> one.text("availabilityZone", Stub.ZONE).text("groupName", instance.group()))
                    .text("rootDeviceName", "/dev/xvda");
            if (!instance.reason.isEmpty() && !instance.state().equals("running")) {
                one.in(
                        "stateReason",
                        () -> one.text("code", instance.reason).text("message", instance.reason + ": says the stub"));
            }
            if (instance.spot) {
                one.text("instanceLifecycle", "spot");
            }
            stub.volumes.writeDevices(one, instance);
            stub.networks.writeCards(one, instance);
            one.tags(instance.tags);
        });
    }
}
