using System.Net;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Dcp;

/// <summary>What the host of an endpoint means for the address it is bound to.</summary>
internal static class HostBinding
{
    /// <summary>An address of its own, such as 127.0.0.2, as opposed to localhost, a name, or all interfaces.</summary>
    public static bool IsSingleAddress(string host) => IPAddress.TryParse(host, out var address) && !IsAny(address);

    public static EndpointBindingMode ModeOf(string host) => AllocationMode(host) switch
    {
        AddressAllocation.AllInterfaces => EndpointBindingMode.DualStackAnyAddresses,
        AddressAllocation.IPv4AllInterfaces => EndpointBindingMode.IPv4AnyAddresses,
        AddressAllocation.IPv6AllInterfaces => EndpointBindingMode.IPv6AnyAddresses,
        _ => EndpointBindingMode.SingleAddress,
    };

    public static string AllocationMode(string host) => host switch
    {
        "*" or "+" => AddressAllocation.AllInterfaces,
        _ when IPAddress.TryParse(host, out var address) && IsAny(address) =>
            address.Equals(IPAddress.Any) ? AddressAllocation.IPv4AllInterfaces : AddressAllocation.IPv6AllInterfaces,
        _ => AddressAllocation.Localhost,
    };

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
