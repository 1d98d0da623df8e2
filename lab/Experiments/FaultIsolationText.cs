namespace MsaAspire.Lab.Experiments;

internal static class FaultIsolationText
{
    public static Description Description { get; } = new()
    {
        Id = "fault-isolation",
        Title = new("Payment fails in five ways", "결제가 다섯 가지로 고장 날 때"),
        Hypothesis = new(
            "A process is a boundary: a part that crashes, leaks, hangs or loses its database in its own process affects only itself. In one process the same fault affects all modules. There is no such boundary for processor time: on one machine without limits, both shapes share the cores.",
            "프로세스는 벽이다. 벽 너머에서 죽거나 메모리가 새거나 멈추거나 데이터베이스를 잃어도 그 부분만 사라진다. 한 프로세스 안이라면 같은 고장이 모든 모듈을 함께 데려간다. 다만 프로세서 시간은 벽이 되지 못한다. 제한이 없는 한 대의 컴퓨터에서는 두 형태 모두 코어를 나눠 쓴다."),
        Method = new(
            "Customers browse (20/s), search (10/s) and order (10/s). After 3 s payment fails for 6 s: its process is killed half a second after each start; it leaks 100 MB/s up to its heap limit (96 MB, the monolith 320 MB); it spins on all cores; its calls to the provider block their threads, like a client without a timeout; its database refuses connections (in the monolith that is the database of all modules). The hooks are the same code in both shapes. A process that ends is restarted after 1 s. Availability is the share of requests due in a phase that were answered correctly within 5 s; recovery is the time from the fault's end until all requests succeed for 3 s.",
            "고객은 상품 보기(초당 20회), 검색(초당 10회), 주문(초당 10회)을 한다. 3초 뒤 결제가 6초 동안 고장 난다. 시작할 때마다 0.5초 뒤에 프로세스가 죽는 경우, 힙 제한(96MB, 모놀리스는 320MB)까지 초당 100MB씩 메모리가 새는 경우, 모든 코어를 점유하는 경우, 시간 제한 없는 클라이언트처럼 결제사 호출이 스레드를 막는 경우, 데이터베이스가 접속을 거부하는 경우(모놀리스에서는 모두의 데이터베이스이다)이다. 고장을 일으키는 코드는 두 형태에서 같다. 죽은 프로세스는 1초 뒤 다시 시작된다. 가용성은 해당 구간의 요청 중 5초 안에 올바로 응답한 비율이고, 복구 시간은 고장이 끝난 때부터 모든 요청이 3초 동안 성공하기까지의 시간이다."),
        Claims =
        [
            new("isolated",
                new("A fault in one service leaves the others working.", "한 서비스의 고장에도 다른 서비스는 계속 동작한다."),
                "S. Newman, Building Microservices, 2nd ed., O'Reilly 2021, ch. 12 (bulkheads)",
                new("Holds if for every fault, in every round, at least 99 % of browse, search and order requests succeed in the services, and 99 % within 1 s; depends if only for some.", "모든 고장과 모든 회차에서 서비스의 상품 보기, 검색, 주문 요청의 99% 이상이 성공하고 99%가 1초 안에 응답하면 성립한다. 일부에서만 그러면 경우에 따라 다르다.")),
            new("monolith-suffers",
                new("In a monolith a fault in one module stops the others.", "모놀리스에서는 한 모듈의 고장이 다른 모듈을 멈춘다."),
                "C. Richardson, Microservices Patterns, Manning 2018, ch. 1 (lack of fault isolation)",
                new("Holds if for every fault, in every round, each of the three operations falls below that in the monolith; depends if only for some.", "모든 고장과 모든 회차에서 모놀리스의 세 동작이 모두 그 아래로 떨어지면 성립한다. 일부에서만 그러면 경우에 따라 다르다.")),
            new("crash",
                new("A service that crashes over and over costs customers less than a monolith that does.", "되풀이해 죽는 서비스는 되풀이해 죽는 모놀리스보다 고객에게 끼치는 손해가 적다."),
                null,
                new("Holds if in every round fewer requests fail in the services, by a factor of two or more.", "모든 회차에서 서비스의 실패 요청이 두 배 이상 적으면 성립한다.")),
        ],
        Charts =
        [
            new("during-browse", ChartKind.Bars, new("Browse: requests that succeeded during the fault", "상품 보기: 고장 중 성공한 요청")),
            new("during-order", ChartKind.Bars, new("Order: requests that succeeded during the fault", "주문: 고장 중 성공한 요청")),
            new("browse", ChartKind.Timeline, new("Browse, half-second by half-second", "상품 보기, 0.5초마다")),
            new("p99-during-browse", ChartKind.LogBars, new("Browse: 99th percentile of latency during the fault", "상품 보기: 고장 중 지연 시간의 99번째 백분위")),
            new("recovery-browse", ChartKind.Bars, new("Browse: time to recover", "상품 보기: 복구 시간")),
        ],
        Names = Names(),
    };

    private static Dictionary<string, Words> Names()
    {
        var names = new Dictionary<string, Words>
        {
            ["crash-loop"] = new("Crashes in a loop", "되풀이해 죽음"),
            ["leak"] = new("Leaks memory to its limit", "제한까지 메모리 누수"),
            ["spin"] = new("Spins on all cores", "모든 코어 점유"),
            ["hang"] = new("Hangs", "멈춤"),
            ["database-gone"] = new("Its database is gone", "데이터베이스 사라짐"),
            ["fault-begins"] = new("fault begins", "고장 시작"),
            ["fault-ends"] = new("fault ends", "고장 끝"),
            ["delayed"] = new("Orders delayed", "지연된 주문"),
            ["stuck"] = new("Orders stuck", "멈춘 주문"),
        };
        foreach (var operation in (string[])["browse", "search", "order", "order-to-final"])
        {
            var name = CommonNames.All[operation];
            foreach (var (phase, words) in new Dictionary<string, Words> { ["before"] = new("before", "고장 전"), ["during"] = new("during", "고장 중"), ["after"] = new("after", "고장 뒤") })
            {
                names[$"{phase}-{operation}"] = new($"{name.En}: available {words.En}", $"{name.Ko}: 가용성 {words.Ko}");
                names[$"p99-{phase}-{operation}"] = new($"{name.En}: p99 {words.En}", $"{name.Ko}: p99 {words.Ko}");
            }

            names[$"recovery-{operation}"] = new($"{name.En}: time to recover", $"{name.Ko}: 복구 시간");
        }

        return names;
    }
}
