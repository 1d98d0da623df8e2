using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

[Collection("servers")] // one after the other: they count the processes of this machine
public sealed class BackingTests
{
    [Fact]
    public void AnUnknownValueIsRefused()
    {
        var builder = DistributedApplication.CreateBuilder(["--Backing", "vm"]);
        var e = Assert.Throws<DistributedApplicationException>(() => builder.AddPostgres("postgres").RunAsProcess());
        Assert.Equal("The configuration value Backing=vm is unknown. Use auto, process or container.", e.Message);
    }

    [Fact]
    public async Task AContainerWithoutAnEngineSaysSo()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ServersAppHost>(
            ["--Backing", "container", "--ASPIRE_CONTAINER_RUNTIME", "no-such-engine"], TestContext.Current.CancellationToken);
        await using var application = await builder.BuildAsync(TestContext.Current.CancellationToken);
        var e = await Assert.ThrowsAnyAsync<Exception>(() => application.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("'postgres' cannot run as a container (Backing=container): no-such-engine is not on PATH.", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PublishingIsNotAffected()
    {
        var builder = DistributedApplication.CreateBuilder(["--operation", "publish", "--step", "publish-manifest", "--output-path", "unused"]);
        builder.Configuration["Backing"] = "process";
        var postgres = builder.AddPostgres("postgres").RunAsProcess();
        var messaging = builder.AddRabbitMQ("messaging").RunAsProcess();
        Assert.All([postgres.Resource, (IResource)messaging.Resource], server => Assert.Single(server.Annotations.OfType<ContainerImageAnnotation>()));
    }
}
