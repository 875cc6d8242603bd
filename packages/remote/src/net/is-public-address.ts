import ipaddr from 'ipaddr.js';

/** True for an address of the public internet: none of this machine, of a private network, of a
 * provider's network or its metadata service, nor one in which such an address is wrapped.
 * @example isPublicAddress('169.254.169.254') // false
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.kind() === 'ipv4') return address.range() === 'unicast';
  const { parts } = address as ipaddr.IPv6;
  // NAT64 writes an address of IPv4 into the last two parts.
  if (address.range() === 'rfc6052' && parts.slice(2, 6).every((part) => part === 0)) {
    const [high = 0, low = 0] = parts.slice(6);
    return isPublicAddress([high >> 8, high & 255, low >> 8, low & 255].join('.'));
  }
  // Only 2000::/3 is handed out.
  return address.range() === 'unicast' && parts[0]! >> 13 === 1;
}
