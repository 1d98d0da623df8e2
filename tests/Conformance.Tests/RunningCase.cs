using System.Reflection;
using System.Runtime.Loader;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Conformance.Tests;

/// <summary>A program in run mode, on the ports it names, with its telemetry sent to an address where nobody listens.</summary>
internal static class RunningCase
{
    public static readonly string[] Arguments =
    [
        "--DcpPublisher:RandomizePorts=false",
        "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:19000",
    ];

    public static async Task<DistributedApplication> StartAsync(Case test, CancellationToken cancellationToken)
    {
        // The services inherit this: npm must not leave a lock file in the fixture, where it would change what is published.
        Environment.SetEnvironmentVariable("npm_config_package_lock", "false");

        // All programs are assemblies of the same name, so each lives in a load context of its own.
        var program = Assembly.LoadFile(test.Program);
        using var context = AssemblyLoadContext.EnterContextualReflection(program);

        var builder = await DistributedApplicationTestingBuilder.CreateAsync(program.EntryPoint!.DeclaringType!, Arguments, cancellationToken);
        var application = await builder.BuildAsync(cancellationToken);
        await application.StartAsync(cancellationToken);
        return application;
    }
}
