-- What the law of each jurisdiction says of video visits (LIMIT_CODES of the contract): data with dates and
-- sources, to be corrected by further rows, never by code. Both days of a row count. Where a source names
-- no day, the row begins on 2020-01-01 and says so; whoever opens a facility there checks the live text.

INSERT INTO jurisdiction_rule (jurisdiction, code, value, valid_from, valid_to, source) VALUES

-- ---------------------------------------------------------------- England and Wales
('GB-EAW', 'maxVisitMinutes', '60', '2020-01-01', NULL,
 'gov.uk/guidance/visit-a-prisoner-using-a-video-call: at most 60 minutes; day not stated, check the live text'),
('GB-EAW', 'maxPeople', '4', '2020-01-01', NULL,
 'gov.uk/guidance/visit-a-prisoner-using-a-video-call: at most 4 people; day not stated, check the live text'),
('GB-EAW', 'leadVisitorAge', '18', '2020-01-01', NULL,
 'gov.uk/guidance/visit-a-prisoner-using-a-video-call: the main caller is over 18; day not stated, check the live text'),
('GB-EAW', 'visitsPerMonth', '2', '2020-01-01', NULL,
 'gov.uk/guidance/visit-a-prisoner-using-a-video-call: 2 visits of 30 minutes or 1 of 60 a month; day not stated, check the live text'),
('GB-EAW', 'minutesPerMonth', '60', '2020-01-01', NULL,
 'gov.uk/guidance/visit-a-prisoner-using-a-video-call: 2 visits of 30 minutes or 1 of 60 a month; day not stated, check the live text'),
('GB-EAW', 'guaranteedVisitsPerFourWeeks', '2', '2020-01-01', NULL,
 'Prison Rules 1999, rule 35, as told in PSI 04/2016: 2 visits every 4 weeks for the convicted, in person or not; check the live text'),
('GB-EAW', 'isRecordingAllowed', 'true', '2020-01-01', NULL,
 'gov.uk/guidance/visit-a-prisoner-using-a-video-call: all are recorded and may be paused or ended; day not stated, check the live text'),
('GB-EAW', 'minMonitor', '"SIGHT_ONLY"', '2020-01-01', NULL,
 'Prison Rules 1999, rule 34, as told in PSI 04/2016: visits in sight of an officer; check the live text'),
('GB-EAW', 'maxRetentionDays', '90', '2020-01-01', NULL,
 'PSI 04/2016; IPCO report 2018, 14.17; IOCC report 2011: not kept longer than 3 months unless extended; check the live text'),
('GB-EAW', 'maxPrivilegedMonitor', '"NONE"', '2020-01-01', '2024-12-31',
 'Prison Rules 1999, rule 38: legal visits out of hearing; before SI 2024/1217 no images either; check the live text'),
('GB-EAW', 'maxPrivilegedMonitor', '"SIGHT_ONLY"', '2025-01-01', NULL,
 'SI 2024/1217 (2C): images only, where necessary and proportionate; the day it came into force is to be checked'),

-- ---------------------------------------------------------------- Scotland
('GB-SCT', 'maxVisitMinutes', '30', '2020-01-01', NULL,
 'sps.gov.uk, familiesoutside.org.uk: practice, 30 minutes; day not stated, check the live text'),
('GB-SCT', 'maxAdults', '3', '2020-01-01', NULL,
 'sps.gov.uk, familiesoutside.org.uk: practice, at most 3 adults; day not stated, check the live text'),
('GB-SCT', 'leadVisitorAge', '16', '2020-01-01', NULL,
 'sps.gov.uk, familiesoutside.org.uk: practice, who books is 16 or older; day not stated, check the live text'),
('GB-SCT', 'visitsPerMonth', '1', '2020-01-01', NULL,
 'sps.gov.uk, familiesoutside.org.uk: practice, 1 a month; day not stated, check the live text'),
('GB-SCT', 'minMonitor', '"AV"', '2020-01-01', NULL,
 'Prisons and Young Offenders Institutions (Scotland) Rules 2011 (SSI 2011/331), rule 78A: in sight and hearing of an officer unless the Governor authorises otherwise; check the live text'),

-- ---------------------------------------------------------------- New Zealand
('NZ', 'maxVisitMinutes', '10', '2020-01-01', NULL,
 'Department of Corrections, C.08: 10 minutes; day not stated, check the live text'),
('NZ', 'mustIdentifyBeforePicture', 'true', '2020-01-01', NULL,
 'Department of Corrections, C.08: identified before the prisoner can be seen; day not stated, check the live text'),
('NZ', 'isRecordingAllowed', 'false', '2020-01-01', NULL,
 'Corrections Act 2004, s 141(1)(f), as told in C.08: recording is an offence; check the live text'),

-- ---------------------------------------------------------------- United States (FCC)
('US', 'maxPricePerMinute', '{"currency": "USD", "facilityShareCents": null, "caps": [
   {"place": "PRISON", "fromPopulation": 0, "belowPopulation": null, "cents": 16},
   {"place": "JAIL", "fromPopulation": 1000, "belowPopulation": null, "cents": 11},
   {"place": "JAIL", "fromPopulation": 350, "belowPopulation": 1000, "cents": 12},
   {"place": "JAIL", "fromPopulation": 100, "belowPopulation": 350, "cents": 14},
   {"place": "JAIL", "fromPopulation": 0, "belowPopulation": 100, "cents": 25}]}',
 '2025-01-01', '2026-04-05',
 'FCC 24-75, 89 FR 77244: video; days of compliance differed by size and were moved, check the live text'),
('US', 'maxPricePerMinute', '{"currency": "USD", "facilityShareCents": 2, "caps": [
   {"place": "PRISON", "fromPopulation": 0, "belowPopulation": null, "cents": 25},
   {"place": "JAIL", "fromPopulation": 1000, "belowPopulation": null, "cents": 19},
   {"place": "JAIL", "fromPopulation": 350, "belowPopulation": 1000, "cents": 19},
   {"place": "JAIL", "fromPopulation": 100, "belowPopulation": 350, "cents": 21},
   {"place": "JAIL", "fromPopulation": 50, "belowPopulation": 100, "cents": 25},
   {"place": "JAIL", "fromPopulation": 0, "belowPopulation": 50, "cents": 44}]}',
 '2026-04-06', NULL,
 'FCC 25-75, 90 FR 56013: effective 5 December 2025, to be complied with by 6 April 2026; from a secondary table (prisonpolicy.org, 30 October 2025), check the live text'),
('US', 'areFeesAllowed', 'false', '2025-01-01', NULL,
 'FCC 24-75, 89 FR 77244: no commissions, no ancillary fees; day of compliance to be checked'),
('US', 'inactiveBalanceDays', '180', '2022-12-09', NULL,
 '87 FR 75496: a balance is inactive after 180 days at the earliest; day in force to be checked'),
('US', 'relayServicesFromPopulation', '50', '2024-01-01', NULL,
 '47 CFR 64.6040; fcc.gov/accessiblecarceralcommunications: with broadband, relay services and direct ASL video'),

-- ---------------------------------------------------------------- Russia
-- Since January 2024 the service itself has been stopped there (takiedela.ru, 23 January 2024): that is a
-- suspension (BK-12), which is entered by whoever has the authority, not a limit.
('RU', 'maxVisitMinutes', '15', '2020-01-01', NULL,
 'ПВР ИУ, §84–88 (old numbering); 40.fsin.gov.ru: a video call counts as a telephone call, at most 15 minutes; check the live text'),
('RU', 'visitsPerDay', '1', '2020-01-01', NULL,
 'antipytki.ru 2020: in practice one a day; check the live text'),
('RU', 'guaranteedVisitsPerYear', '6', '2020-01-01', '2024-03-19',
 'УИК РФ, ст. 92: calls may be limited for want of lines to no fewer than 6 a year; check the live text'),
('RU', 'guaranteedVisitsPerYear', '12', '2024-03-20', NULL,
 'УИК РФ, ст. 92 as changed, ria.ru 20.03.2024: no fewer than 12 a year; the day in force is to be checked'),
('RU', 'needsPermissionOnRemand', 'true', '2022-07-04', NULL,
 'Приказ Минюста №110, п. 194–196 (docs.cntd.ru/document/351075854): СИЗО, the investigator or court permits each call in writing; day in force to be checked'),
('RU', 'permissionWorkingDays', '5', '2022-07-04', NULL,
 'Приказ Минюста №110, п. 194–196 (docs.cntd.ru/document/351075854): provided within 5 working days; day in force to be checked'),

-- ---------------------------------------------------------------- everywhere
('UN', 'maxPrivilegedMonitor', '"SIGHT_ONLY"', '2015-12-17', NULL,
 'UN Standard Minimum Rules for the Treatment of Prisoners (Nelson Mandela Rules), A/RES/70/175, rule 61: without delay, interception or censorship; within sight, not within hearing; check the live text');
