namespace Aspire.Hosting.Dcp;

/// <summary>The environment that DCP gets from the AppHost, and that every executable inherits from DCP.</summary>
internal static class ExecutableEnvironment
{
    /// <summary>Settings of the AppHost itself, which would change what the resources do.</summary>
    private static readonly string[] s_notInherited =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL",
    ];

    public static void Prepare(IDictionary<string, string?> environment)
    {
        foreach (var name in s_notInherited)
            environment.Remove(name);

        // A project's executable looks for the runtime in the places an installer registers; this one runs on a runtime, so it knows better.
        if (!environment.ContainsKey("DOTNET_ROOT") && DotNetHost.Root is { } root)
            environment["DOTNET_ROOT"] = root;
    }
}
