namespace MsaAspire.Lab.Experiments;

internal static class RedeployText
{
    public static Description Description { get; } = new()
    {
        Id = "redeploy",
        Title = new("Deploying a new version of payment", "결제의 새 버전 배포"),
        Hypothesis = new(
            "Payment is not on the path of any customer request. Replaced as a service of its own, nobody notices; as a part of a monolith, the whole shop is unavailable for as long as a start takes.",
            "결제는 고객 요청의 경로에 있지 않다. 독립된 서비스라면 교체해도 아무도 알아차리지 못하지만, 모놀리스의 일부라면 재시작하는 동안 상점 전체가 멈춘다."),
        Method = new(
            "Customers browse (20/s), search (10/s) and order (10/s) through the gateway, at times fixed in advance. A version of payment with one changed line is built, and deployed in two ways: in place (stop the old process, start the new one) and rolling (start the new one, then stop the old one). For the monolith the same line is in the same module, and the process with all five modules is what is replaced. A process that is told to stop keeps serving for a second and asks its clients to reconnect (Drain:Seconds). A request counts as lost when it fails or is not answered within 5 s; an order as delayed when it takes over 1 s to its final status. One machine, one replica of each: a cluster with replicas behaves like the rolling deployment.",
            "고객은 미리 정해진 시각에 게이트웨이를 통해 상품 보기(초당 20회), 검색(초당 10회), 주문(초당 10회)을 한다. 한 줄을 바꾼 결제 버전을 빌드하여 두 가지 방법으로 배포한다. 제자리 교체(기존 프로세스를 멈추고 새 프로세스를 시작)와 롤링(새 프로세스를 시작한 뒤 기존 프로세스를 정지)이다. 모놀리스에서는 같은 모듈의 같은 줄이 바뀌며, 다섯 모듈을 모두 담은 프로세스가 교체된다. 정지 지시를 받은 프로세스는 1초 동안 계속 응답하면서 클라이언트에게 다시 접속하도록 요청한다(Drain:Seconds). 요청이 실패하거나 5초 안에 응답이 없으면 유실로, 최종 상태까지 1초를 넘긴 주문은 지연으로 센다. 한 대의 컴퓨터에서 각각 복제본 하나로 측정했다. 복제본이 있는 클러스터는 롤링 방식과 같이 동작한다."),
        Claims =
        [
            new("nobody-notices",
                new("A part can be deployed alone, and customers do not notice.", "일부만 따로 배포할 수 있고 고객은 알아차리지 못한다."),
                "S. Newman, Building Microservices, 2nd ed., O'Reilly 2021, ch. 1 (independent deployability)",
                new("Holds if no request is lost in any round when payment is replaced in place.", "결제를 제자리에서 교체할 때 모든 회차에서 유실된 요청이 없으면 성립한다.")),
            new("only-that-part",
                new("Only the changed part is restarted.", "바뀐 부분만 재시작된다."),
                "J. Lewis, M. Fowler, Microservices, martinfowler.com 2014",
                new("Holds if in every round fewer than half as many modules restart as in the monolith.", "모든 회차에서 재시작된 모듈 수가 모놀리스의 절반보다 적으면 성립한다.")),
            new("monolith-loses",
                new("A monolith that is replaced in place loses requests; a service does not.", "제자리에서 교체되는 모놀리스는 요청을 잃고, 서비스는 잃지 않는다."),
                "J. Lewis, M. Fowler, Microservices, martinfowler.com 2014",
                new("Holds if the services lose fewer requests than the monolith in every round, by a factor of two or more.", "모든 회차에서 서비스의 유실 요청이 모놀리스보다 적고 두 배 이상 차이 나면 성립한다.")),
            new("rolling-is-enough",
                new("A monolith that is replaced by a second process beside it loses nothing either.", "옆에 띄운 두 번째 프로세스로 교체하면 모놀리스도 아무것도 잃지 않는다."),
                null,
                new("Holds if no request is lost in any round of the monolith's rolling replacement.", "모놀리스의 롤링 교체에서 모든 회차에 유실된 요청이 없으면 성립한다.")),
        ],
        Charts =
        [
            new("lost", ChartKind.Bars, new("Requests lost in a deployment", "배포 중 유실된 요청")),
            new("*", ChartKind.Timeline, new("Requests that succeeded, half-second by half-second", "0.5초마다 성공한 요청의 비율")),
            new("deploy", ChartKind.Bars, new("Time from the deployment command until the new version is healthy and the old one has stopped", "배포 지시부터 새 버전이 정상이 되고 이전 버전이 사라질 때까지의 시간")),
        ],
        Names = new Dictionary<string, Words>
        {
            ["in-place"] = new("In place", "제자리 교체"),
            ["rolling"] = new("Rolling", "롤링"),
            ["deploy"] = new("Duration of the deployment", "배포 시간"),
            ["processes-restarted"] = new("Processes restarted", "재시작된 프로세스"),
            ["modules-restarted"] = new("Modules restarted", "재시작된 모듈"),
            ["lost"] = new("Requests lost", "유실된 요청"),
            ["lost-browse"] = new("Requests lost: browse", "유실된 요청: 상품 보기"),
            ["lost-search"] = new("Requests lost: search", "유실된 요청: 검색"),
            ["lost-order"] = new("Requests lost: order", "유실된 요청: 주문"),
            ["unavailable-browse"] = new("Not available: browse", "이용 불가: 상품 보기"),
            ["unavailable-search"] = new("Not available: search", "이용 불가: 검색"),
            ["unavailable-order"] = new("Not available: order", "이용 불가: 주문"),
            ["delayed"] = new("Orders delayed", "지연된 주문"),
            ["stuck"] = new("Orders stuck", "멈춘 주문"),
            ["deploy-begins"] = new("deployment begins", "배포 시작"),
            ["deploy-ends"] = new("deployment ends", "배포 끝"),
        },
    };
}
