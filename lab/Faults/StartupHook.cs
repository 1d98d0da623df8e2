using Microsoft.AspNetCore.Hosting;
using MsaAspire.Faults;

[assembly: HostingStartup(typeof(FaultInjection))]

#pragma warning disable MA0047 // The runtime looks for this name, without a namespace.
/// <summary>Called by the runtime before the service's own code; the web host then finds <see cref="FaultInjection"/>.</summary>
internal static class StartupHook
{
    public static void Initialize() =>
        Environment.SetEnvironmentVariable("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", typeof(StartupHook).Assembly.GetName().Name);
}
