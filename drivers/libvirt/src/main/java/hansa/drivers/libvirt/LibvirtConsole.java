package hansa.drivers.libvirt;

import hansa.cloud.Bytes;
import hansa.cloud.CloudException;
import hansa.cloud.Console;
import hansa.cloud.RemoteId;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** The log that QEMU keeps of a machine's serial line. */
final class LibvirtConsole implements Console {

    private static final int MOST = 1024 * 1024;

    private final Machines machines;

    LibvirtConsole(Machines machines) {
        this.machines = machines;
    }

    @Override
    public Output read(RemoteId machine, long offset, int maxBytes) {
        if (offset < 0) {
            throw new CloudException.InvalidRequest("a console is read from an offset of 0 or more, not " + offset);
        }
        if (maxBytes < 1 || maxBytes > MOST) {
            throw new CloudException.InvalidRequest(
                    "a console is read in pieces of 1 to " + MOST + " bytes, not " + maxBytes);
        }
        MachineFiles files = machines.require(machine).files();
        return Folders.look("read the console of " + machine, () -> {
            try (FileChannel log = FileChannel.open(files.console(), StandardOpenOption.READ)) {
                ByteBuffer buffer = ByteBuffer.allocate(Math.clamp(log.size() - offset, 0, maxBytes));
                long at = offset;
                while (buffer.hasRemaining()) {
                    int read = log.read(buffer, at);
                    if (read < 0) {
                        break;
                    }
                    at += read;
                }
                byte[] content = new byte[buffer.position()];
                buffer.flip().get(content);
                return new Output(Bytes.of(content), offset + content.length);
            }
        });
    }
}
