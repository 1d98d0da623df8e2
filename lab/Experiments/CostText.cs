namespace MsaAspire.Lab.Experiments;

internal static class CostText
{
    public static Description Description { get; } = new()
    {
        Id = "cost",
        Title = new("What microservices cost", "마이크로서비스의 비용"),
        Hypothesis = new(
            "A call between modules of one process costs almost nothing; between services it is serialized, sent, received and waited for, and each service has a runtime of its own. So the monolith should need less processor time, less memory and less time for an answer.",
            "한 프로세스 안 모듈 간의 호출은 거의 비용이 없다. 서비스 간의 호출은 직렬화하고 보내고 받고 기다려야 하며, 서비스마다 런타임이 따로 있다. 그러므로 모놀리스가 프로세서 시간, 메모리, 응답 시간을 덜 쓸 것이다."),
        Method = new(
            "Orders at 30, 100 and 300 a second, and page views at 300 a second, for 8 s each through the same gateway, at times fixed in advance. Processor time and memory are the kernel's accounts of every process of the shop, PostgreSQL, RabbitMQ, the gateway and DCP among them, and not the load generator's; memory that processes share counts once. Latency counts from when a request was due to its answer, for orders to their final status. No telemetry. On two cores, which the load generator shares; an older monolith, whose modules share tables and transactions, may cost less than ours, whose modules keep their outboxes.",
            "주문을 초당 30, 100, 300회, 상품 조회를 초당 300회씩 각각 8초 동안 같은 게이트웨이를 통해 미리 정해진 시각에 보낸다. 프로세서 시간과 메모리는 PostgreSQL, RabbitMQ, 게이트웨이, DCP를 포함한 상점의 모든 프로세스에 대한 커널의 집계이며 부하 생성기는 제외한다. 공유 메모리는 한 번만 센다. 지연 시간은 요청이 예정된 때부터 응답까지, 주문은 최종 상태까지이다. 원격 측정은 끈다. 부하 생성기와 코어 두 개를 나눠 쓴다. 모듈이 테이블과 트랜잭션을 공유하는 오래된 모놀리스는 모듈마다 아웃박스를 둔 우리 것보다 비용이 적을 수 있다."),
        Claims =
        [
            new("monolith-cheaper",
                new("A monolith needs less processor time for the same work.", "모놀리스는 같은 일에 프로세서 시간을 덜 쓴다."),
                "M. Fowler, MicroservicePremium, martinfowler.com 2015",
                new("Holds if at every load, in every round, it needs less, and by the medians 1.2 times less or better.", "모든 부하와 모든 회차에서 덜 쓰고 중앙값 기준 1.2배 이상 차이 나면 성립한다.")),
            new("monolith-faster",
                new("A monolith answers sooner.", "모놀리스가 더 빨리 응답한다."),
                "M. Fowler, Microservice Trade-Offs, martinfowler.com 2015 (distribution)",
                new("Holds if at every load, in every round, the median latency is lower, and by the medians 1.2 times or better.", "모든 부하와 모든 회차에서 지연 시간의 중앙값이 낮고 1.2배 이상 차이 나면 성립한다.")),
            new("monolith-smaller",
                new("A monolith needs less memory.", "모놀리스는 메모리를 덜 쓴다."),
                null,
                new("Holds if at every load, in every round, the shop needs less memory in all, 1.2 times or better.", "모든 부하와 모든 회차에서 상점 전체의 메모리가 1.2배 이상 적으면 성립한다.")),
        ],
        Charts =
        [
            new("cpu", ChartKind.Bars, new("Processor time for one order or page view", "주문 또는 조회 한 건의 프로세서 시간")),
            new("p50", ChartKind.LogBars, new("Median latency", "지연 시간의 중앙값")),
            new("p99", ChartKind.LogBars, new("99th percentile of latency", "지연 시간의 99번째 백분위")),
            new("memory", ChartKind.Bars, new("Memory of the whole shop", "상점 전체의 메모리")),
        ],
        Names = new Dictionary<string, Words>
        {
            ["orders-30"] = new("30 orders/s", "초당 주문 30건"),
            ["orders-100"] = new("100 orders/s", "초당 주문 100건"),
            ["orders-300"] = new("300 orders/s", "초당 주문 300건"),
            ["browse-300"] = new("300 page views/s", "초당 조회 300건"),
            ["cpu"] = new("Processor time for one", "한 건당 프로세서 시간"),
            ["memory"] = new("Memory", "메모리"),
            ["rate"] = new("Done", "처리량"),
            ["p50"] = new("Median latency", "지연 시간 중앙값"),
            ["p99"] = new("p99 latency", "지연 시간 p99"),
        },
    };
}
