using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MsaAspire.ServiceDefaults;

/// <summary>
/// Fault injection for experiments. Available only with the configuration <c>Faults:Enabled=true</c>, which neither the AppHost nor anything
/// exported from it sets: without it a service has neither these endpoints nor the header.
/// </summary>
public sealed class Faults
{
    /// <summary>Tells which process answered.</summary>
    public const string ServedBy = "X-Served-By";

    private static readonly List<byte[]> s_leaked = [];

    private long _hangsUntil;

    /// <summary>Whether calls block now.</summary>
    public bool Hangs => _hangsUntil > Stopwatch.GetTimestamp();

    private void Hang()
    {
        if (_hangsUntil - Stopwatch.GetTimestamp() is var left and > 0)
            Thread.Sleep(TimeSpan.FromSeconds((double)left / Stopwatch.Frequency));
    }

    internal static bool AreEnabled(IConfiguration configuration) => configuration.GetValue("Faults:Enabled", false);

    internal static void Add(WebApplicationBuilder builder)
    {
        if (!AreEnabled(builder.Configuration))
            return;
        builder.Services.AddSingleton<Faults>();
        builder.Services.AddTransient<HangingCalls>();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler<HangingCalls>());
    }

    internal static void Map(WebApplication app)
    {
        if (app.Services.GetService<Faults>() is not { } faults)
            return;
        app.Use((context, next) =>
        {
            context.Response.Headers[ServedBy] = $"{Environment.ProcessId}";
            return next(context);
        });
        var routes = app.MapGroup("/faults").ExcludeFromDescription();
        routes.MapPost("/crash", (double after) => Later(after, () => Environment.FailFast("asked to crash")));
        routes.MapPost("/leak", (int megabytesPerSecond) => InBackground(() => Leak(megabytesPerSecond)));
        routes.MapPost("/spin", (double seconds) => Spin(TimeSpan.FromSeconds(seconds)));
        routes.MapPost("/hang", (double seconds) =>
        {
            faults._hangsUntil = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
            return TypedResults.NoContent();
        });
    }

    private static NoContent Later(double seconds, Action work) => InBackground(() =>
    {
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        work();
    });

    private static NoContent InBackground(Action work)
    {
        new Thread(() => work()) { IsBackground = true, Name = "fault" }.Start();
        return TypedResults.NoContent();
    }

    /// <summary>Runs until the process reaches its memory limit (<c>DOTNET_GCHeapHardLimit</c>) and ends.</summary>
    private static void Leak(int megabytesPerSecond)
    {
        while (true)
        {
            var more = GC.AllocateUninitializedArray<byte>(1024 * 1024);
            Array.Fill(more, (byte)1);
            s_leaked.Add(more);
            Thread.Sleep(TimeSpan.FromSeconds(1.0 / megabytesPerSecond));
        }
    }

    private static NoContent Spin(TimeSpan duration)
    {
        var until = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        for (var core = 0; core < Environment.ProcessorCount; core++)
        {
            InBackground(() =>
            {
                while (Stopwatch.GetTimestamp() < until)
                    Thread.SpinWait(1000);
            });
        }

        return TypedResults.NoContent();
    }

    /// <summary>Makes calls that leave the shop block their thread while asked to, like a client without a timeout whose server does not answer.</summary>
    private sealed class HangingCalls(Faults faults) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (faults.Hangs && request.RequestUri?.Host == "payment-provider")
                await Task.Run(faults.Hang, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
