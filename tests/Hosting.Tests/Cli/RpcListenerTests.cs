using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Aspire.Hosting.Cli;
using Microsoft.Extensions.Logging.Abstractions;
using StreamJsonRpc;
using Xunit;

namespace Hosting.Tests.Cli;

public sealed class RpcListenerTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rpc");

    private string Path => System.IO.Path.Combine(_folder.FullName, "socket");

    [Fact]
    public async Task A_client_that_talks_nonsense_disturbs_no_other()
    {
        await using var listener = RpcListener.Start(Path, gone => new Target(gone), NullLogger.Instance);
        using var good = await ConnectAsync();
        using var bad = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await bad.ConnectAsync(new UnixDomainSocketEndPoint(Path), TestContext.Current.CancellationToken);
        await bad.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\nContent-Length: x\r\n\r\n"), TestContext.Current.CancellationToken);
        Assert.Equal(0, await bad.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().WaitAsync(s_limit, TestContext.Current.CancellationToken));

        Assert.Equal("pong", await PingAsync(good));
        using var next = await ConnectAsync();
        Assert.Equal("pong", await PingAsync(next));
    }

    [Fact]
    public async Task A_call_that_is_under_way_ends_with_the_listener_which_takes_its_socket_with_it()
    {
        var target = new Target(CancellationToken.None);
        var listener = RpcListener.Start(Path, _ => target, NullLogger.Instance);
        using var client = await ConnectAsync();
        var waiting = client.InvokeWithCancellationAsync<string>(nameof(Target.WaitAsync), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("pong", await PingAsync(client));
        await listener.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => waiting.WaitAsync(s_limit, TestContext.Current.CancellationToken));
        await target.Ended.WaitAsync(s_limit, TestContext.Current.CancellationToken);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task A_call_ends_when_its_client_goes_away()
    {
        var target = new Target(CancellationToken.None);
        await using var listener = RpcListener.Start(Path, _ => target, NullLogger.Instance);
        using (var client = await ConnectAsync())
        {
            _ = client.InvokeWithCancellationAsync<string>(nameof(Target.WaitAsync), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal("pong", await PingAsync(client));
        }

        await target.Ended.WaitAsync(s_limit, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_lets_go_of_its_source_when_its_client_goes_away_in_the_middle(bool isSilent)
    {
        Target? target = null;
        await using var listener = RpcListener.Start(Path, gone => target = new Target(gone), NullLogger.Instance);
        using (var client = await ConnectAsync())
        {
            var numbers = (await client.InvokeWithCancellationAsync<IAsyncEnumerable<int>>(
                nameof(Target.CountAsync), [isSilent], TestContext.Current.CancellationToken)).GetAsyncEnumerator(TestContext.Current.CancellationToken);
            Assert.True(await numbers.MoveNextAsync());
            Assert.Equal(1, numbers.Current);
        }

        await target!.Ended.WaitAsync(s_limit, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<JsonRpc> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), TestContext.Current.CancellationToken);
        var client = new JsonRpc(new HeaderDelimitedMessageHandler(new NetworkStream(socket, ownsSocket: true), new SystemTextJsonFormatter()));
        client.StartListening();
        return client;
    }

    private static Task<string> PingAsync(JsonRpc client) =>
        client.InvokeWithCancellationAsync<string>(nameof(Target.PingAsync), cancellationToken: TestContext.Current.CancellationToken).WaitAsync(s_limit);

    public sealed class Target(CancellationToken gone)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        public Task<string> PingAsync(CancellationToken cancellationToken) => Task.FromResult("pong").WaitAsync(cancellationToken);

        public async Task<string> WaitAsync(CancellationToken cancellationToken)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return "never";
            }
            finally
            {
                _ended.SetResult();
            }
        }

        /// <summary>One, and then nothing more, or more than the client will ever ask for.</summary>
        public IAsyncEnumerable<int> CountAsync(bool isSilent, CancellationToken cancellationToken) =>
            NumbersAsync(isSilent, cancellationToken).UntilAsync(gone, cancellationToken);

        private async IAsyncEnumerable<int> NumbersAsync(bool isSilent, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                yield return 1;
                if (isSilent)
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                for (var i = 2; ; i++)
                    yield return i;
            }
            finally
            {
                _ended.SetResult();
            }
        }
    }
}
