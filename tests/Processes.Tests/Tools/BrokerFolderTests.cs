using MsaAspire.Hosting.Processes.Tools;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests.Tools;

public sealed class BrokerFolderTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("mnesia")]
    [InlineData("rabbitmq-3")]
    public async Task DataOfAnEarlierMajorVersionIsNamedAndLeftAsItIs(string old)
    {
        var volume = Directory.CreateDirectory(Path.Combine(_bench.Folder, "volume")).FullName;
        var data = Directory.CreateDirectory(Path.Combine(volume, old)).FullName;
        File.WriteAllText(Path.Combine(data, "queue"), "messages");
        var run = Directory.CreateDirectory(Path.Combine(_bench.Folder, "run")).FullName;
        var folder = new BrokerFolder(new RabbitMqBinaries("server", "epmd", "bin", new Version(4, 0, 5)), UnprivilegedUser.Needed(), volume, run, "broker@localhost");

        Assert.Equal(data, folder.UnusedData);
        await folder.PrepareAsync(management: false, TestContext.Current.CancellationToken);

        Assert.Null(folder.UnusedData);
        Assert.Equal("messages", File.ReadAllText(Path.Combine(data, "queue")));
        Assert.True(Directory.Exists(Path.Combine(volume, "rabbitmq-4")));
    }
}
