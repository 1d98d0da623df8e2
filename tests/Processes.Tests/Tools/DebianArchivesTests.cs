using MsaAspire.Hosting.Processes.Tools;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests.Tools;

public sealed class DebianArchivesTests : IDisposable
{
    private const string Package = "pool/main/r/rabbitmq-server/rabbitmq-server_1.0_all.deb";
    private static readonly LockedTool<LockedArchives> Tool = new("RabbitMQ 1.0", "1.0", 1, "install it", new() { ["test"] = new() { [Package] = new string('0', 64) } });
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task AnAlteredPackageIsRefused()
    {
        var apt = new FakeApt(_bench.Folder, ["http://mirror.test/debian/ bookworm main"]);
        var message = await MessageAsync(apt.Client);
        Assert.StartsWith("The Debian package rabbitmq-server_1.0_all.deb is not the one tools.lock.json pins: expected sha256 0000", message, StringComparison.Ordinal);
        Assert.Equal([$"http://mirror.test/debian/{Package}"], apt.Addresses);
    }

    [Fact]
    public async Task AVersionThatTheMirrorHasReplacedIsNamedWithWhatToDo()
    {
        var message = await MessageAsync(new FakeApt(_bench.Folder, ["http://mirror.test/debian/ bookworm main"], failing: "mirror.test").Client);
        Assert.Contains("\"404\" means that the mirror has replaced the versions that tools.lock.json pins", message, StringComparison.Ordinal);
        Assert.Contains($"http://mirror.test/debian/{Package}  404  Not Found", message, StringComparison.Ordinal);
        Assert.EndsWith("What to do: install it.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMachineWithoutADebianMirrorIsToldWhatToDo()
    {
        var apt = new FakeApt(_bench.Folder, ["http://archive.test/ubuntu/ noble main", "http://archive.test/ubuntu/ noble-updates main"]);
        var message = await MessageAsync(apt.Client);
        Assert.Contains("apt has no Debian mirror among its sources here (http://archive.test/ubuntu/)", message, StringComparison.Ordinal);
        Assert.Contains("set the environment variable MSAASPIRE_DEBIAN_MIRROR to the address of one (every file is checked by its hash), or install it.", message, StringComparison.Ordinal);
        Assert.Empty(apt.Addresses);
    }

    [Fact]
    public async Task TheMirrorIsPreferredToOtherRepositoriesForTheSameDebian()
    {
        var apt = new FakeApt(
            _bench.Folder,
            ["http://vendor.test/12/ bookworm main", "http://mirror.test/debian/ bookworm main", "http://mirror.test/debian/ bookworm-updates main", "http://other.test/ stable main"],
            failing: "test");
        await MessageAsync(apt.Client);
        Assert.Equal(["mirror.test", "vendor.test", "other.test"], apt.Addresses.Select(address => new Uri(address).Host));
    }

    [Fact]
    public async Task AMachineWithoutAptIsToldWhatToDo() => Assert.Equal(
        "RabbitMQ 1.0 comes as Debian packages, and this machine has no apt and dpkg to fetch them with. What to do: install it.", await MessageAsync(apt: null));

    private async Task<string> MessageAsync(AptClient? apt) => (await Assert.ThrowsAsync<ToolException>(
        () => new DebianArchives(apt).UnpackAsync(Tool, Tool.For("test"), _bench.Folder, TestContext.Current.CancellationToken))).Message;
}
