namespace MsaAspire.Hosting.Processes;

/// <summary>
/// Keeps what the parts of an application say to each other away from a proxy for other machines. Without this nothing
/// starts: the AppHost, DCP, the dashboard and the services talk HTTP to one another on this machine, and all of them obey HTTP_PROXY.
/// </summary>
internal static class ProxyBypass
{
    // Some compare with the host of an address, which has brackets.
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "::1", "[::1]"];
    private static readonly string[] Proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

    // Which of the two a program reads, or reads first, depends on the program.
    private static readonly string[] Exceptions = ["NO_PROXY", "no_proxy"];

    /// <summary>Adds this machine to NO_PROXY of this process and of all that it starts from now on, when there is a proxy.</summary>
    public static void Add()
    {
        if (!Proxies.Concat(Proxies.Select(name => name.ToLowerInvariant())).Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))))
        {
            return;
        }

        var value = Merge(Exceptions.Select(Environment.GetEnvironmentVariable));
        foreach (var name in Exceptions)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>Keeps what is there.</summary>
    internal static string Merge(IEnumerable<string?> given) => string.Join(',', given
        .SelectMany(value => (value ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Concat(Loopback)
        .Distinct(StringComparer.OrdinalIgnoreCase));
}
