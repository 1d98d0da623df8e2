using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace MsaAspire.Faults;

/// <summary>Puts the requests for faults before everything else that the service answers.</summary>
internal sealed class FaultEndpoints(ProcessFaults faults, CrashPoints crashPoints) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            context.Response.Headers[FaultInjection.ServedBy] = $"{Environment.ProcessId}";
            return following(context);
        });
        app.Map("/faults", branch => branch.Run(Answer));
        next(app);
    };

    private Task Answer(HttpContext context)
    {
        context.Response.StatusCode = HttpMethods.IsPost(context.Request.Method) && Cause(context.Request)
            ? StatusCodes.Status204NoContent
            : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <returns>False when there is no such fault.</returns>
    private bool Cause(HttpRequest request)
    {
        switch (request.Path.Value)
        {
            case "/crash":
                ProcessFaults.Crash(Seconds("after"));
                return true;
            case "/leak":
                ProcessFaults.Leak(Number("megabytesPerSecond"));
                return true;
            case "/spin":
                ProcessFaults.Spin(Seconds("seconds"));
                return true;
            case "/hang":
                faults.Hang(Seconds("seconds"));
                return true;
            // A proxy may hold the request until the next process is started, for which it is not meant.
            case "/die-at" when Number("pid") == Environment.ProcessId:
                crashPoints.Arm(request.Query["step"].ToString());
                return true;
            default:
                return false;
        }

        double Number(string name) => double.Parse(request.Query[name].ToString(), CultureInfo.InvariantCulture);
        TimeSpan Seconds(string name) => TimeSpan.FromSeconds(Number(name));
    }
}
