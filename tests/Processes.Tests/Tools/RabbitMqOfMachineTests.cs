using MsaAspire.Hosting.Processes.Tools;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests.Tools;

public sealed class RabbitMqOfMachineTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("rabbit-3.10.8", "it is RabbitMQ 3.10.8, and 4.0 or later is needed.")]
    [InlineData("rabbit-3.13.7.ez", "it is RabbitMQ 3.13.7, and 4.0 or later is needed.")]
    [InlineData("nothing", "it is of an unknown version, and 4.0 or later is needed.")]
    public void AnOlderOneIsNotUsedAndTheUserIsTold(string plugin, string reason)
    {
        var server = Install(plugin);
        Assert.Null(RabbitMqOfMachine.UseIfNewEnough(server, _bench));
        Assert.Equal([$"Not using RabbitMQ of this machine ({server}): {reason}"], _bench.Said);
    }

    [Theory]
    [InlineData("rabbit-4.0.5")]
    [InlineData("rabbit-4.1.0-rc.1")]
    public void ANewOneIsNotRefusedForItsVersion(string plugin)
    {
        RabbitMqOfMachine.UseIfNewEnough(Install(plugin), _bench);
        Assert.DoesNotContain(_bench.Said, line => line.Contains("is needed", StringComparison.Ordinal));
    }

    // As distributions do: what is on PATH is a link.
    private string Install(string plugin)
    {
        var home = Path.Combine(_bench.Folder, "rabbitmq");
        Directory.CreateDirectory(Path.Combine(home, "plugins", "rabbit_common-4.0.5"));
        Directory.CreateDirectory(Path.Combine(home, "plugins", plugin));
        Directory.CreateDirectory(Path.Combine(home, "sbin"));
        File.WriteAllText(Path.Combine(home, "sbin", "rabbitmq-server"), "");
        return File.CreateSymbolicLink(Path.Combine(_bench.Folder, "rabbitmq-server"), Path.Combine(home, "sbin", "rabbitmq-server")).FullName;
    }
}
