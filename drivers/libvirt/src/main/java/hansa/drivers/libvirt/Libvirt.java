package hansa.drivers.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import hansa.cloud.CloudException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions of libvirt that the driver calls, under libvirt's own names (libvirt.org/html, C API). The library is
 * loaded on first use, once for the process, as libvirt itself keeps one state per process.
 */
final class Libvirt {

    private static final Logger LOG = LoggerFactory.getLogger(Libvirt.class);
    private static final String LIBRARY = "libvirt.so.0";

    private final SymbolLookup library;
    private final NativeFunction free;
    private final NativeFunction virGetLastError;
    private final NativeFunction virResetLastError;
    private final NativeFunction virEventRunDefaultImpl;

    final NativeFunction virConnectOpenAuth;
    final NativeFunction virConnectRef;
    final NativeFunction virConnectClose;
    final NativeFunction virConnectIsAlive;
    final NativeFunction virConnectSetKeepAlive;
    final NativeFunction virConnectListAllDomains;
    final NativeFunction virNodeGetInfo;
    final NativeFunction virConnectListAllNetworks;
    final NativeFunction virConnectDomainEventRegisterAny;
    final NativeFunction virConnectDomainEventDeregisterAny;

    final NativeFunction virDomainLookupByName;
    final NativeFunction virDomainDefineXMLFlags;
    final NativeFunction virDomainFree;
    final NativeFunction virDomainGetName;
    final NativeFunction virDomainGetState;
    final NativeFunction virDomainGetXMLDesc;
    final NativeFunction virDomainHasManagedSaveImage;
    final NativeFunction virDomainManagedSave;
    final NativeFunction virDomainManagedSaveRemove;
    final NativeFunction virDomainCreateWithFlags;
    final NativeFunction virDomainDestroyFlags;
    final NativeFunction virDomainUndefineFlags;
    final NativeFunction virDomainShutdownFlags;
    final NativeFunction virDomainReboot;
    final NativeFunction virDomainReset;
    final NativeFunction virDomainSuspend;
    final NativeFunction virDomainResume;
    final NativeFunction virDomainAttachDeviceFlags;
    final NativeFunction virDomainDetachDeviceFlags;
    final NativeFunction virDomainUpdateDeviceFlags;
    final NativeFunction virDomainBlockResize;
    final NativeFunction virDomainSetMetadata;
    final NativeFunction virDomainBackupBegin;
    final NativeFunction virDomainGetJobStats;
    final NativeFunction virDomainAbortJob;
    final NativeFunction virTypedParamsFree;

    final NativeFunction virDomainSnapshotCreateXML;
    final NativeFunction virDomainSnapshotLookupByName;
    final NativeFunction virDomainSnapshotGetXMLDesc;
    final NativeFunction virDomainSnapshotDelete;
    final NativeFunction virDomainSnapshotFree;
    final NativeFunction virDomainListAllSnapshots;
    final NativeFunction virDomainRevertToSnapshot;

    final NativeFunction virNetworkLookupByName;
    final NativeFunction virNetworkDefineXML;
    final NativeFunction virNetworkCreate;
    final NativeFunction virNetworkDestroy;
    final NativeFunction virNetworkUndefine;
    final NativeFunction virNetworkUpdate;
    final NativeFunction virNetworkIsActive;
    final NativeFunction virNetworkGetXMLDesc;
    final NativeFunction virNetworkSetAutostart;
    final NativeFunction virNetworkGetDHCPLeases;
    final NativeFunction virNetworkDHCPLeaseFree;
    final NativeFunction virNetworkFree;

    private Libvirt(SymbolLookup library) {
        this.library = library;
        this.free =
                new NativeFunction(Linker.nativeLinker().defaultLookup(), "free", FunctionDescriptor.ofVoid(ADDRESS));
        virGetLastError = pointer("virGetLastError");
        virResetLastError = nothing("virResetLastError");
        virEventRunDefaultImpl = number("virEventRunDefaultImpl");

        virConnectOpenAuth = pointer("virConnectOpenAuth", ADDRESS, ADDRESS, JAVA_INT);
        virConnectRef = number("virConnectRef", ADDRESS);
        virConnectClose = number("virConnectClose", ADDRESS);
        virConnectIsAlive = number("virConnectIsAlive", ADDRESS);
        virConnectSetKeepAlive = number("virConnectSetKeepAlive", ADDRESS, JAVA_INT, JAVA_INT);
        virNodeGetInfo = number("virNodeGetInfo", ADDRESS, ADDRESS);
        virConnectListAllDomains = number("virConnectListAllDomains", ADDRESS, ADDRESS, JAVA_INT);
        virConnectListAllNetworks = number("virConnectListAllNetworks", ADDRESS, ADDRESS, JAVA_INT);
        virConnectDomainEventRegisterAny =
                number("virConnectDomainEventRegisterAny", ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
        virConnectDomainEventDeregisterAny = number("virConnectDomainEventDeregisterAny", ADDRESS, JAVA_INT);

        virDomainLookupByName = pointer("virDomainLookupByName", ADDRESS, ADDRESS);
        virDomainDefineXMLFlags = pointer("virDomainDefineXMLFlags", ADDRESS, ADDRESS, JAVA_INT);
        virDomainFree = number("virDomainFree", ADDRESS);
        virDomainGetName = pointer("virDomainGetName", ADDRESS);
        virDomainGetState = number("virDomainGetState", ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
        virDomainGetXMLDesc = pointer("virDomainGetXMLDesc", ADDRESS, JAVA_INT);
        virDomainHasManagedSaveImage = number("virDomainHasManagedSaveImage", ADDRESS, JAVA_INT);
        virDomainManagedSave = number("virDomainManagedSave", ADDRESS, JAVA_INT);
        virDomainManagedSaveRemove = number("virDomainManagedSaveRemove", ADDRESS, JAVA_INT);
        virDomainCreateWithFlags = number("virDomainCreateWithFlags", ADDRESS, JAVA_INT);
        virDomainDestroyFlags = number("virDomainDestroyFlags", ADDRESS, JAVA_INT);
        virDomainUndefineFlags = number("virDomainUndefineFlags", ADDRESS, JAVA_INT);
        virDomainShutdownFlags = number("virDomainShutdownFlags", ADDRESS, JAVA_INT);
        virDomainReboot = number("virDomainReboot", ADDRESS, JAVA_INT);
        virDomainReset = number("virDomainReset", ADDRESS, JAVA_INT);
        virDomainSuspend = number("virDomainSuspend", ADDRESS);
        virDomainResume = number("virDomainResume", ADDRESS);
        virDomainAttachDeviceFlags = number("virDomainAttachDeviceFlags", ADDRESS, ADDRESS, JAVA_INT);
        virDomainDetachDeviceFlags = number("virDomainDetachDeviceFlags", ADDRESS, ADDRESS, JAVA_INT);
        virDomainUpdateDeviceFlags = number("virDomainUpdateDeviceFlags", ADDRESS, ADDRESS, JAVA_INT);
        virDomainSetMetadata = number("virDomainSetMetadata", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
        virDomainBlockResize = number("virDomainBlockResize", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
        virDomainBackupBegin = number("virDomainBackupBegin", ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
        virDomainGetJobStats = number("virDomainGetJobStats", ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
        virDomainAbortJob = number("virDomainAbortJob", ADDRESS);
        virTypedParamsFree = nothing("virTypedParamsFree", ADDRESS, JAVA_INT);

        virDomainSnapshotCreateXML = pointer("virDomainSnapshotCreateXML", ADDRESS, ADDRESS, JAVA_INT);
        virDomainSnapshotLookupByName = pointer("virDomainSnapshotLookupByName", ADDRESS, ADDRESS, JAVA_INT);
        virDomainSnapshotGetXMLDesc = pointer("virDomainSnapshotGetXMLDesc", ADDRESS, JAVA_INT);
        virDomainSnapshotDelete = number("virDomainSnapshotDelete", ADDRESS, JAVA_INT);
        virDomainSnapshotFree = number("virDomainSnapshotFree", ADDRESS);
        virDomainListAllSnapshots = number("virDomainListAllSnapshots", ADDRESS, ADDRESS, JAVA_INT);
        virDomainRevertToSnapshot = number("virDomainRevertToSnapshot", ADDRESS, JAVA_INT);

        virNetworkLookupByName = pointer("virNetworkLookupByName", ADDRESS, ADDRESS);
        virNetworkDefineXML = pointer("virNetworkDefineXML", ADDRESS, ADDRESS);
        virNetworkCreate = number("virNetworkCreate", ADDRESS);
        virNetworkDestroy = number("virNetworkDestroy", ADDRESS);
        virNetworkUndefine = number("virNetworkUndefine", ADDRESS);
        virNetworkUpdate = number("virNetworkUpdate", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
        virNetworkIsActive = number("virNetworkIsActive", ADDRESS);
        virNetworkGetXMLDesc = pointer("virNetworkGetXMLDesc", ADDRESS, JAVA_INT);
        virNetworkSetAutostart = number("virNetworkSetAutostart", ADDRESS, JAVA_INT);
        virNetworkGetDHCPLeases = number("virNetworkGetDHCPLeases", ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
        virNetworkDHCPLeaseFree = nothing("virNetworkDHCPLeaseFree", ADDRESS);
        virNetworkFree = number("virNetworkFree", ADDRESS);
    }

    /**
     * The library, loaded on the first call.
     *
     * @throws CloudException.Unavailable when this machine has none; it says what to install
     */
    static Libvirt library() {
        return switch (Loaded.RESULT) {
            case Found(Libvirt libvirt) -> libvirt;
            case Missing(String why) ->
                throw new CloudException.Unavailable("libvirt's client library " + LIBRARY
                        + " cannot be loaded; install libvirt0 (Debian) or " + "libvirt-libs (Fedora): " + why);
        };
    }

    /** What the last call on this thread had to say. */
    Optional<Failed> lastError() {
        MemorySegment error = virGetLastError.pointer();
        if (error.address() == 0) {
            return Optional.empty();
        }
        MemorySegment fields = Pointers.sized(error, 16);
        return Optional.of(
                new Failed(fields.get(JAVA_INT, 0), text(fields.get(ADDRESS, 8)).orElse("")));
    }

    void forgetLastError() {
        virResetLastError.run();
    }

    /** Reads a C string that stays libvirt's. */
    Optional<String> text(MemorySegment pointer) {
        return pointer.address() == 0 ? Optional.empty() : Optional.of(Pointers.text(pointer));
    }

    /** Reads a C string that was made for us, and frees it. */
    Optional<String> takeText(MemorySegment pointer) {
        Optional<String> text = text(pointer);
        release(pointer);
        return text;
    }

    /** Frees what libvirt allocated for us. */
    void release(MemorySegment pointer) {
        free.run(pointer);
    }

    private NativeFunction pointer(String name, MemoryLayout... arguments) {
        return new NativeFunction(library, name, FunctionDescriptor.of(ADDRESS, arguments));
    }

    private NativeFunction number(String name, MemoryLayout... arguments) {
        return new NativeFunction(library, name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private NativeFunction nothing(String name, MemoryLayout... arguments) {
        return new NativeFunction(library, name, FunctionDescriptor.ofVoid(arguments));
    }

    /** libvirt's error number ({@code virErrorNumber}) and text. */
    record Failed(int code, String text) {}

    private sealed interface Result {}

    private record Found(Libvirt libvirt) implements Result {}

    private record Missing(String why) implements Result {}

    /** Loads at most once, when first asked. */
    private static final class Loaded {

        static final Result RESULT = load();

        @SuppressWarnings("restricted")
        private static Result load() {
            try {
                Libvirt libvirt = new Libvirt(SymbolLookup.libraryLookup(LIBRARY, Arena.global()));
                libvirt.start();
                return new Found(libvirt);
            } catch (IllegalArgumentException | UnsatisfiedLinkError e) {
                return new Missing(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Silences libvirt's own printing of errors, and runs its event loop: keep-alive and events need it. */
    private void start() {
        number("virInitialize").number();
        nothing("virSetErrorFunc", ADDRESS, ADDRESS).run(MemorySegment.NULL, silence());
        number("virEventRegisterDefaultImpl").number();
        Thread.ofPlatform().name("libvirt-events").daemon().start(() -> {
            while (virEventRunDefaultImpl.number() == 0) {
                Thread.onSpinWait();
            }
            LOG.error("libvirt's event loop ended; lost connections are noticed later than they could be");
        });
    }

    private static MemorySegment silence() {
        try {
            var nothing = MethodHandles.lookup()
                    .findStatic(
                            Libvirt.class,
                            "ignore",
                            MethodType.methodType(void.class, MemorySegment.class, MemorySegment.class));
            return Pointers.function(nothing);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unused") // called by libvirt
    private static void ignore(MemorySegment data, MemorySegment error) {}
}
