using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>The report's own texts.</summary>
internal static class ReportTexts
{
    public static readonly Words
        Title = new("Monolith and microservices, measured", "모놀리스와 마이크로서비스 비교 측정"),
        Purpose = new(
            "This report puts common claims about monoliths and microservices to the test. The same shop runs as a set of services and as "
            + "one process, and both are measured in the same way. Each verdict follows from a stated rule, and every figure it rests on "
            + "can be checked here.",
            "모놀리스와 마이크로서비스에 대해 흔히 하는 주장을 실제 측정으로 검증한 보고서입니다. 같은 상점을 여러 서비스로도, 하나의 프로세스로도 실행하여 "
            + "같은 방법으로 측정했습니다. 각 판정은 명시된 규칙을 따르며, 근거가 된 수치는 모두 이 보고서에서 확인할 수 있습니다."),
        Skip = new("Skip to the content", "본문으로 건너뛰기"),
        Lab = new("MsaAspire lab", "MsaAspire 실험실"),
        Language = new("Language", "언어"),
        Theme = new("Switch between light and dark", "밝은 화면과 어두운 화면 전환"),
        Summary = new("Summary", "요약"),
        Contents = new("Contents", "목차"),
        Navigation = new("Page", "페이지"),
        Experiment = new("Experiment", "실험"),
        Hypothesis = new("Hypothesis", "가설"),
        Method = new("Method", "방법"),
        Validity = new("Validity", "유효성"),
        Verdicts = new("Verdicts", "판정"),
        Plots = new("Plots", "그림"),
        Measurements = new("Measurements", "측정값"),
        Verdict = new("Verdict", "판정"),
        Claim = new("Claim", "주장"),
        Source = new("Source", "출처"),
        Own = new("Our own claim", "자체 주장"),
        Rule = new("Rule", "판정 규칙"),
        Effect = new("Effect", "효과 크기"),
        Evidence = new("Evidence", "근거"),
        Machine = new("Machine", "측정 장비"),
        Commit = new("Commit", "커밋"),
        Modified = new("with uncommitted changes", "커밋되지 않은 변경 포함"),
        Seed = new("Seed", "난수 시드"),
        Rounds = new("Rounds", "반복 횟수"),
        Date = new("Date", "측정 일시"),
        TotalTime = new("Measuring time", "총 측정 시간"),
        Case = new("Case", "조건"),
        Shape = new("Shape", "구조"),
        Metric = new("Metric", "지표"),
        Unit = new("Unit", "단위"),
        Samples = new("Samples", "표본 수"),
        Cells = new("Median of the rounds; below it, the least and the most.", "각 칸은 반복 측정의 중앙값이며, 아래는 최솟값과 최댓값입니다."),
        InTable = new("All figures of this plot are in the table of measurements.", "이 그림의 수치는 모두 측정값 표에 있습니다."),
        BarsNote = new("Bar: median of the rounds. Dot: one round.", "막대는 중앙값, 점은 각 회차의 값입니다."),
        LogScale = new("logarithmic scale", "로그 눈금"),
        ZeroNote = new("an open dot at the edge is zero", "왼쪽 끝의 빈 점은 0입니다"),
        TypicalRound = new(
            "Of several rounds, the typical one is drawn: the one whose mean is in the middle.", "여러 회차 가운데 평균이 중간인 대표 회차를 그렸습니다."),
        NoFigures = new("There are no figures for this plot.", "이 그림에 쓸 수치가 없습니다."),
        NoValues = new("no values", "값 없음"),
        Holds = new("Holds", "성립"),
        Depends = new("Depends", "조건부 성립"),
        DoesNotHold = new("Does not hold", "성립하지 않음"),
        NoConclusion = new("No conclusion", "판단 불가"),
        NotRun = new("Not run", "실행하지 않음"),
        NotRunText = new("This experiment has not been run, so there are no results.", "이 실험은 실행하지 않아 결과가 없습니다."),
        Skipped = new("Skipped", "건너뜀"),
        SkippedText = new("This experiment was skipped:", "이 실험은 다음 이유로 건너뛰었습니다."),
        Invalid = new("Invalid run", "무효한 측정"),
        InvalidText = new(
            "The measurement itself failed. Nothing may be concluded from the figures below.",
            "측정 자체에 문제가 있었습니다. 아래 수치로는 어떤 결론도 내릴 수 없습니다."),
        Valid = new("The run is valid: the measurement went as planned.", "유효한 측정입니다. 계획대로 측정했습니다."),
        QuickTitle = new("Quick run", "짧은 측정"),
        Quick = new(
            "Some of these results come from the short run. Their figures are too few to be quoted.",
            "일부 결과는 짧은 측정에서 나온 것으로, 수치가 적어 인용하기에 적합하지 않습니다."),
        QuickTag = new("Quick run", "짧은 측정"),
        MixedTitle = new("Mixed results", "서로 다른 결과"),
        Mixed = new(
            "The results come from different commits or machines. Compare experiments with each other only with care.",
            "결과가 서로 다른 커밋 또는 장비에서 나왔습니다. 실험끼리 비교할 때 주의하십시오."),
        Contradiction = new("Our data contradicts this claim of the literature.", "우리 데이터는 문헌의 이 주장과 상반됩니다."),
        ContradictionTag = new("Contradicts the literature", "문헌과 상반됨"),
        UnknownExperiment = new("This version of the lab does not know this experiment.", "이 버전의 실험실에는 없는 실험입니다."),
        Footer = new(
            "Everything on this page is computed from the JSON files beside it. The page loads nothing from a network.",
            "이 페이지의 모든 내용은 같은 폴더의 JSON 파일에서 계산했습니다. 네트워크에서 불러오는 것은 없습니다.");

    public static Words Of(Outcome outcome) => outcome switch
    {
        Outcome.Holds => Holds,
        Outcome.Depends => Depends,
        Outcome.DoesNotHold => DoesNotHold,
        _ => NoConclusion,
    };

    /// <summary>Why there is no verdict; null for a valid run.</summary>
    public static Words? Of(State state) => state switch
    {
        State.NotRun => NotRun,
        State.Skipped => Skipped,
        State.Invalid => Invalid,
        _ => null,
    };

    public static Words Cores(int cores) => new(cores == 1 ? "1 core" : $"{cores} cores", $"{cores}코어");

    public static Words Memory(string gibibytes) => new($"{gibibytes} GiB of memory", $"메모리 {gibibytes}GiB");

    public static Words RoundCount(int rounds) => new(rounds == 1 ? "1 round" : $"{rounds} rounds", $"{rounds}회 반복");

    public static Words Round(int round) => new($"Round {round}", $"{round}회차");

    public static Words Took(Words duration) => new($"took {duration.En}", $"소요 시간 {duration.Ko}");

    public static Words Raw(int figures) => new($"Raw values of every round ({figures:N0})", $"회차별 원시 값 ({figures:N0}개)");

    public static Words Line(Words name, string min, string median, string max) =>
        new($"{name.En}: {min} to {max}, median {median}.", $"{name.Ko}: 최솟값 {min}, 최댓값 {max}, 중앙값 {median}.");

    public static Words Seconds(string number) => new($"{number} s", $"{number}초");

    public static Words Event(Words name, string seconds) => new($"{name.En} at {seconds} s.", $"{seconds}초에 {name.Ko}.");
}
