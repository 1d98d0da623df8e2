namespace MsaAspire.Lab.Experiments;

internal static class LanguagesText
{
    public static Description Description { get; } = new()
    {
        Id = "languages",
        Title = new("Several languages in one order", "한 주문 안의 여러 언어"),
        Hypothesis = new(
            "Services that share messages and no code can be written in different languages, and their one contract holds for all.",
            "코드가 아니라 메시지만 공유하는 서비스는 서로 다른 언어로 쓸 수 있고, 하나의 계약이 모두에게 지켜진다."),
        Method = new(
            "An order is placed with a trace of its own and followed by server-sent events. The trace is read from the Aspire dashboard: which services were involved, and the language of their telemetry library. Every event on the broker (C#) and every status that notifications forwarded (TypeScript) is validated against the JSON schemas of services/Contracts. The monolith keeps notifications as a service of its own, so it shows the same two languages; its five modules can have one only.",
            "고유한 추적을 가진 주문을 하고 서버 전송 이벤트로 따라간다. Aspire 대시보드에서 추적을 읽어 어떤 서비스가 참여했는지, 원격 측정 라이브러리의 언어가 무엇인지 본다. 브로커를 지나간 모든 이벤트(C#)와 notifications가 전한 모든 상태(TypeScript)를 services/Contracts의 JSON 스키마로 검증한다. 모놀리스도 notifications는 독립된 서비스로 두므로 같은 두 언어가 보이지만, 다섯 모듈은 한 언어만 쓸 수 있다."),
        Claims =
        [
            new("several", new("Services in several languages work together on one order.", "여러 언어로 된 서비스가 한 주문에서 함께 일한다."), "S. Newman, Building Microservices, 2nd ed., O'Reilly 2021, ch. 1 (technology heterogeneity)",
                new("Holds if every order's trace has services of two languages or more.", "모든 주문의 추적에 두 가지 이상 언어의 서비스가 있으면 성립한다.")),
            new("contract", new("One contract holds for all of them.", "하나의 계약이 모두에게 지켜진다."), null,
                new("Holds if no event and no forwarded status violates its schema.", "스키마를 어기는 이벤트나 상태가 하나도 없으면 성립한다.")),
        ],
        Charts = [new("services", ChartKind.Bars, new("Services involved in an order, by language", "주문에 참여한 서비스, 언어별"))],
        Names = new Dictionary<string, Words>
        {
            ["dotnet"] = new("C#", "C#"),
            ["nodejs"] = new("TypeScript", "TypeScript"),
            ["services"] = new("Services in the trace", "추적에 있는 서비스"),
            ["events"] = new("Events and statuses", "이벤트와 상태"),
            ["invalid"] = new("Against the contract", "계약 위반"),
        },
    };
}
