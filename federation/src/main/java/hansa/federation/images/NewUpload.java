package hansa.federation.images;

import java.util.Optional;

/**
 * An image whose content its owner sends.
 *
 * @param id chosen by the caller, see {@link ImageId}; a uuid is made when it is empty
 * @param title 0 to 255 characters; the id when it is empty
 * @param format {@code raw}, {@code qcow2}, {@code vmdk}, {@code vhd}, {@code vdi} or {@code vhdx}; never probed
 * @param sizeBytes what the content must have
 * @param sha512 what the content must have, 128 hexadecimal digits
 */
public record NewUpload(
        Optional<ImageId> id,
        String title,
        String format,
        Optional<Long> sizeBytes,
        Optional<String> sha512,
        Sharing sharing) {}
