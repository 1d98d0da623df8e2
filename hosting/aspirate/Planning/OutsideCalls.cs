using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Planning;

/// <summary>
/// What a workload calls outside the cluster: network policies have IP addresses and no names, so an address such as
/// <c>https://api.example.org</c> in its environment allows that port to all addresses; the setting <c>egress</c> is more specific.
/// </summary>
internal static partial class OutsideCalls
{
    private static readonly string[] s_everywhere = ["0.0.0.0/0", "::/0"];

    /// <summary>The ports of URIs that name none, as registered with IANA or as the servers' clients assume.</summary>
    private static readonly Dictionary<string, int> s_ports = new(StringComparer.OrdinalIgnoreCase)
    {
        ["http"] = 80, ["ws"] = 80, ["https"] = 443, ["wss"] = 443, ["grpc"] = 443, ["grpcs"] = 443, ["ftp"] = 21, ["ssh"] = 22, ["sftp"] = 22,
        ["smtp"] = 25, ["smtps"] = 465, ["ldap"] = 389, ["ldaps"] = 636, ["amqp"] = 5672, ["amqps"] = 5671, ["mqtt"] = 1883, ["mqtts"] = 8883,
        ["nats"] = 4222, ["tls"] = 443, ["kafka"] = 9092, ["redis"] = 6379, ["rediss"] = 6379, ["mongodb"] = 27017, ["mongodb+srv"] = 27017,
        ["postgres"] = 5432, ["postgresql"] = 5432, ["mysql"] = 3306, ["mariadb"] = 3306, ["sqlserver"] = 1433,
    };

    public static IReadOnlyList<OutsideCall> Of(
        ComputeResource resource, ResourceSettings settings, Variables variables, IEnumerable<string> arguments)
    {
        if (settings.Egress is { } given)
            return [.. given.Select(e => Parse(resource, e))];
        // An external connection string without an address that can be read leads anywhere.
        if (variables.Outside.Any(text => !PortsIn(text).Any()))
            return [.. s_everywhere.Select(cidr => new OutsideCall(cidr, null))];
        var ports = variables.Config.Values.Concat(variables.Secrets.Values).Concat(arguments).SelectMany(PortsIn).Distinct().Order();
        return [.. from port in ports from cidr in s_everywhere select new OutsideCall(cidr, port)];
    }

    /// <summary>The ports of the addresses in a text: of URIs, of <c>host:port</c> and <c>host,port</c>, and of <c>Host=...;Port=...</c>.</summary>
    private static IEnumerable<int> PortsIn(string text) => Uris.Matches(text).Concat(HostsAndPorts.Matches(text)).Concat(HostAndPortKeys.Matches(text))
        .Where(m => IsOutside(m.Groups["host"].Value))
        .Select(m => m.Groups["port"].Success
            ? int.Parse(m.Groups["port"].Value, CultureInfo.InvariantCulture)
            : s_ports.GetValueOrDefault(m.Groups["scheme"].Value))
        .Where(port => port is > 0 and <= 65535);

    /// <summary>A name in the cluster has no dot, and loopback does not leave the pod.</summary>
    private static bool IsOutside(string host) => host is ['[', .. var address, ']']
        ? IPAddress.TryParse(address, out var ip) && !IPAddress.IsLoopback(ip)
        : host.Contains('.', StringComparison.Ordinal) && !host.StartsWith("127.", StringComparison.Ordinal);

    /// <summary><c>10.1.0.0/16</c> or <c>10.1.0.0/16:5432</c>; a version 6 address in brackets where a port follows.</summary>
    private static OutsideCall Parse(ComputeResource resource, string text)
    {
        var match = Entry.Match(text);
        return match.Success && System.Net.IPNetwork.TryParse(match.Groups["cidr"].Value, out var network)
            && (!match.Groups["port"].Success || int.TryParse(match.Groups["port"].Value, out var p) && p is > 0 and <= 65535)
            ? new(network.ToString(), match.Groups["port"].Success ? int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture) : null)
            : throw new AspirateException(
                $"The settings of \"{resource.Name}\" allow egress to \"{text}\", which is no network such as 10.1.0.0/16:5432. "
                + $"Correct {AspirateSettings.FileName}.");
    }

    [GeneratedRegex(@"\b(?<scheme>[a-z][a-z0-9+]*)://([^/\s@]*@)?(?<host>\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:(?<port>\d{1,5}))?",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Uris { get; }

    /// <summary>As in a list of brokers, or in <c>Server=tcp:sql.example.org,1433</c>; the host ends with letters, or is an IPv4 address.</summary>
    [GeneratedRegex(@"(?<![\w./@-])(?<host>([a-z0-9-]+\.)+[a-z][a-z0-9-]*|\d+\.\d+\.\d+\.\d+)[:,](?<port>\d{2,5})(?![\w.])",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostsAndPorts { get; }

    [GeneratedRegex(@"\b(host|server)\s*=\s*(?<host>[^;,\s]+)\s*;(.*;)?\s*port\s*=\s*(?<port>\d{1,5})",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostAndPortKeys { get; }

    [GeneratedRegex(@"^(\[(?<cidr>[0-9a-fA-F:/]+)\]|(?<cidr>[0-9./]+)|(?<cidr>[0-9a-fA-F:]+/\d+))(:(?<port>\d{1,5}))?\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entry { get; }
}
