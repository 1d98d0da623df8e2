namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>The AppHost of the servers as a process of its own, with passwords that stay the same from run to run.</summary>
internal static class ServersProcess
{
    private static readonly string[] Arguments =
    [
        "--Parameters:postgres-password", "Kennwort1", "--Parameters:broker-password", "Kennwort1",
        "--announce", "true", "--Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks", "None",
    ];

    public static AppHostProcess Start(string[] arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        AppHostProcess.StartServers([.. Arguments, .. arguments], environment);

    /// <summary>Waits until both servers are ready, or the AppHost has ended.</summary>
    public static Task UntilReadyAsync(this AppHostProcess servers) => servers.UntilAsync(
        "both servers ready", TimeSpan.FromMinutes(3), () => (servers.Says("orders is ready") && servers.Says("broker is ready")) || servers.HasExited);

    /// <summary>Waits for what an AppHost has said at its end, which may be read after it has ended.</summary>
    public static Task UntilItSaysAsync(this AppHostProcess servers, string text) =>
        servers.UntilAsync($"\"{text}\"", TimeSpan.FromSeconds(5), () => servers.Says(text));
}
