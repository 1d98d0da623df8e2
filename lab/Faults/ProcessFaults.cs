using System.Diagnostics;

namespace MsaAspire.Faults;

/// <summary>What can be done to a process.</summary>
internal sealed class ProcessFaults
{
    private static readonly List<byte[]> s_leaked = [];

    private long _hangsUntil;

    /// <summary>Whether calls of the payment provider block now.</summary>
    public bool Hangs => _hangsUntil > Stopwatch.GetTimestamp();

    public void Hang(TimeSpan duration) => _hangsUntil = In(duration);

    /// <summary>Blocks its thread while calls block.</summary>
    public void Wait()
    {
        if (_hangsUntil - Stopwatch.GetTimestamp() is var left and > 0)
            Thread.Sleep(TimeSpan.FromSeconds((double)left / Stopwatch.Frequency));
    }

    public static void Crash(TimeSpan after) => InBackground(() =>
    {
        Thread.Sleep(after);
        Environment.FailFast("asked to crash");
    });

    /// <summary>Runs until the process reaches its memory limit (<c>DOTNET_GCHeapHardLimit</c>) and ends.</summary>
    public static void Leak(double megabytesPerSecond) => InBackground(() =>
    {
        while (true)
        {
            var more = GC.AllocateUninitializedArray<byte>(1024 * 1024);
            Array.Fill(more, (byte)1);
            s_leaked.Add(more);
            Thread.Sleep(TimeSpan.FromSeconds(1 / megabytesPerSecond));
        }
    });

    /// <summary>Keeps all cores busy.</summary>
    public static void Spin(TimeSpan duration)
    {
        var until = In(duration);
        for (var core = 0; core < Environment.ProcessorCount; core++)
        {
            InBackground(() =>
            {
                while (Stopwatch.GetTimestamp() < until)
                    Thread.SpinWait(1000);
            });
        }
    }

    private static long In(TimeSpan duration) => Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);

    private static void InBackground(ThreadStart work) => new Thread(work) { IsBackground = true, Name = "fault" }.Start();
}

/// <summary>Makes calls that leave the shop block their thread while asked to, like a client without a timeout whose server does not answer.</summary>
internal sealed class HangingCalls(ProcessFaults faults) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (faults.Hangs && request.RequestUri?.Host == "payment-provider")
            await Task.Run(faults.Wait, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
