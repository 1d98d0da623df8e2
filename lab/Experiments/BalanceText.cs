namespace MsaAspire.Lab.Experiments;

internal static class BalanceText
{
    public static Description Description { get; } = new()
    {
        Id = "balance",
        Title = new("One to four replicas, and one of them killed", "복제본 하나에서 넷까지, 그리고 하나를 죽이기"),
        Hypothesis = new(
            "The gateway spreads requests evenly over the replicas it knows, and retries the requests of a dead replica on another one. Both shapes can be replicated; a single service is the smaller unit to replicate.",
            "게이트웨이는 알고 있는 복제본에 요청을 고르게 나누고, 죽은 복제본이 답하지 못한 것은 다른 복제본으로 보낸다. 두 형태 모두 복제할 수 있지만 서비스 하나를 복제하는 편이 더 작다."),
        Method = new(
            "The catalogue, and the monolith, run as one to four processes, each at an address that the gateway knows. 400 requests, 8 at a time, are counted by the process that answered them (a header that is there in experiments only). Evenness is tested by Pearson's chi-square against equal shares. Then, with all replicas and customers who browse (40/s), search (20/s) and order (5/s), one replica is killed (SIGKILL). Memory is the working set of one more process.",
            "카탈로그와 모놀리스를 각각 하나에서 네 개의 프로세스로, 게이트웨이가 아는 주소에서 실행한다. 요청 400개를 한 번에 8개씩 보내고 응답한 프로세스별로 센다(실험에서만 붙는 헤더). 고른지는 균등 분포에 대한 피어슨 카이제곱 검정으로 본다. 그다음 모든 복제본이 있는 상태에서 고객이 상품 보기(초당 40회), 검색(초당 20회), 주문(초당 5회)을 하는 동안 복제본 하나를 죽인다(SIGKILL). 메모리는 추가 프로세스 하나의 작업 집합이다."),
        Claims =
        [
            new("even", new("Requests spread evenly over the replicas.", "요청이 복제본에 고르게 나뉜다."), null,
                new("Holds if in every case and round chi-square finds no deviation (p > 0.01).", "모든 경우와 회차에서 카이제곱 검정이 편차를 찾지 못하면(p > 0.01) 성립한다.")),
            new("all-work", new("Every replica works.", "모든 복제본이 일한다."), null,
                new("Holds if in every case and round each replica gets at least half of an even share.", "모든 경우와 회차에서 각 복제본이 균등한 몫의 절반 이상을 받으면 성립한다.")),
            new("kill-one", new("Customers do not notice when one of several replicas dies.", "여러 복제본 중 하나가 죽어도 고객은 알아차리지 못한다."),
                "B. Beyer et al., Site Reliability Engineering, O'Reilly 2016, ch. 20",
                new("Holds if in no round a request is lost.", "어떤 회차에서도 유실된 요청이 없으면 성립한다.")),
            new("scale-what-needs-it", new("Scaling the part that needs it takes less memory than scaling the whole.", "필요한 부분만 확장하면 전체를 확장할 때보다 메모리가 적게 든다."),
                "J. Lewis, M. Fowler, Microservices, martinfowler.com 2014",
                new("Holds if one more process of the catalogue takes less memory than one more monolith in every round, 1.2 times or better.", "모든 회차에서 카탈로그 프로세스 하나의 추가 메모리가 모놀리스 하나보다 1.2배 이상 적으면 성립한다.")),
        ],
        Charts =
        [
            new("least-share", ChartKind.Bars, new("The least share a replica got, of an even share", "균등한 몫에 대한 가장 적은 몫의 비")),
            new("lost", ChartKind.Bars, new("Requests lost when one replica is killed", "복제본 하나를 죽였을 때 유실된 요청")),
            new("memory-of-one", ChartKind.Bars, new("Memory of one more replica", "추가 복제본 하나의 메모리")),
        ],
        Names = new Dictionary<string, Words>
        {
            ["replicas-1"] = new("1 replica", "복제본 1개"),
            ["replicas-2"] = new("2 replicas", "복제본 2개"),
            ["replicas-3"] = new("3 replicas", "복제본 3개"),
            ["replicas-4"] = new("4 replicas", "복제본 4개"),
            ["kill-one"] = new("One is killed", "하나를 죽임"),
            ["least-share"] = new("Least share of an even one", "균등한 몫에 대한 최소 몫"),
            ["p"] = new("Chi-square p", "카이제곱 p"),
            ["memory-of-one"] = new("Memory of one more", "하나 더할 때의 메모리"),
            ["lost"] = new("Requests lost", "유실된 요청"),
            ["p99-browse"] = new("Browse: p99 after the kill", "상품 보기: 죽인 뒤 p99"),
            ["killed"] = new("killed", "죽임"),
        },
    };
}
