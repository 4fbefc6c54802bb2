/**
 * Device families as data: a profile in TOML says which registers or text fields a family has and how to read them; the
 * code here checks the profile, decodes what came over the wire and judges whether it can be true.
 */
@NullMarked
package sunpeer.drivers.profile;

import org.jspecify.annotations.NullMarked;
