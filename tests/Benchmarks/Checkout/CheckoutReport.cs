namespace Benchmarks.Checkout;

/// <summary>How the load was.</summary>
public sealed record CheckoutLoad(double Rate, TimeSpan Duration, TimeSpan WarmUp, double WarmUpRate, bool Dashboard, bool Tables);

/// <summary>What a service used over the run.</summary>
/// <param name="CpuMillisecondsPerOrder">CPU time for each order that came to a final status.</param>
/// <param name="MemoryAtStart">Bytes after the warm-up.</param>
/// <param name="MemoryAtEnd">Bytes when the last order was final.</param>
public sealed record ServiceUsage(string Service, double CpuMillisecondsPerOrder, long MemoryAtStart, long MemoryAtEnd);

/// <summary>The figures of one run.</summary>
/// <param name="Failures">Answers other than 202 and exceptions, with how many.</param>
/// <param name="Unheard">Orders that are final though no event of it came to the generator.</param>
/// <param name="Lost">Orders that were accepted and are in no final status after the load.</param>
/// <param name="FinalPerSecond">Orders that came to a final status, from the first arrival to the last of them.</param>
/// <param name="Backlog">Orders accepted and not final, each second of the load.</param>
/// <param name="BacklogGrowth">Its slope over the second half of the load, in orders a second.</param>
/// <param name="Post">From when the request was due to its answer; of those accepted.</param>
/// <param name="ToFinal">From when the request was due to the event of the final status.</param>
/// <param name="CpuMillisecondsPerOrder">Of all services, broker and database included, generator excluded.</param>
/// <param name="Tables">Empty unless asked for.</param>
/// <param name="GeneratorCpuMillisecondsPerOrder">Of this process, which hosts the AppHost as well.</param>
public sealed record CheckoutReport(
    CheckoutLoad Load,
    int Scheduled,
    int Accepted,
    IReadOnlyDictionary<string, int> Failures,
    IReadOnlyDictionary<string, int> Statuses,
    int Unheard,
    int Lost,
    double AcceptedPerSecond,
    double FinalPerSecond,
    IReadOnlyList<int> Backlog,
    double BacklogGrowth,
    Percentiles Post,
    Percentiles ToFinal,
    double CpuMillisecondsPerOrder,
    double GeneratorCpuMillisecondsPerOrder,
    IReadOnlyList<ServiceUsage> Services,
    IReadOnlyList<TableGrowth> Tables);
