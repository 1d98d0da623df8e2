using MsaAspire.ServiceDefaults;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace MsaAspire.Gateway;

/// <summary>
/// Ends event streams when the drain is over: they may last for ever, so the gateway would wait for them until its shutdown timeout.
/// The client sees a complete response and reconnects, to another replica, with <c>Last-Event-ID</c>.
/// </summary>
internal static class EndingStreams
{
    public static void EndEventStreamsAfterDrain(this TransformBuilderContext transforms)
    {
        var end = transforms.Services.GetRequiredService<ConnectionDrain>().Ended;
        transforms.AddResponseTransform(async context =>
        {
            if (context.ProxyResponse is { Content.Headers.ContentType.MediaType: "text/event-stream" } response)
                response.Content = new StreamContent(new EndingStream(await response.Content.ReadAsStreamAsync(context.CancellationToken), end));
        });
    }

    /// <summary>Ends when the token is cancelled, or where the inner stream does.</summary>
    private sealed class EndingStream(Stream inner, CancellationToken end) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end);
            try
            {
                return await inner.ReadAsync(buffer, either.Token);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return 0;
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
